package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every route of the server: routing, error messages, metrics and the OpenAPI document are made from this list. Which port
 * has which is {@link Surface}'s.
 */
@SuppressWarnings("ImmutableEnumChecker") // they are; their types do not say so
enum Endpoint {
    PAGE(HttpMethod.GET, "/", "A page to try the models in a browser"),
    PAGE_SCRIPT(HttpMethod.GET, "/page.js", "What that page does"),
    PAGE_STYLE(HttpMethod.GET, "/page.css", "How that page looks"),
    PREDICT(HttpMethod.POST, "/predictions/{model}", "Answers a picture", Query.PROBABILITIES, Query.EXPLAIN),
    PREDICT_VERSION(
            HttpMethod.POST,
            "/predictions/{model}/{version}",
            "Answers a picture by a model's version",
            Query.PROBABILITIES,
            Query.EXPLAIN),
    INVOKE(HttpMethod.POST, "/models/{model}/invoke", "Answers a picture", Query.PROBABILITIES, Query.EXPLAIN),
    INVOCATIONS(
            HttpMethod.POST,
            "/invocations",
            "Answers a picture by the only model, or by model_name",
            Query.MODEL_NAME,
            Query.MODEL_VERSION,
            Query.PROBABILITIES,
            Query.EXPLAIN),
    MODELS(HttpMethod.GET, "/models", "Lists the models"),
    MODEL(HttpMethod.GET, "/models/{model}", "Describes a model and its load"),
    PING(HttpMethod.GET, "/ping", "Tells whether every model can answer"),
    SERVER_METADATA(HttpMethod.GET, "/v2", "Describes the server"),
    SERVER_LIVE(HttpMethod.GET, "/v2/health/live", "Tells whether the server answers at all"),
    SERVER_READY(HttpMethod.GET, "/v2/health/ready", "Tells whether every model can answer"),
    MODEL_METADATA(HttpMethod.GET, "/v2/models/{model}", "Describes a model's inputs and outputs"),
    VERSION_METADATA(
            HttpMethod.GET, "/v2/models/{model}/versions/{version}", "Describes a version's inputs and outputs"),
    MODEL_READY(HttpMethod.GET, "/v2/models/{model}/ready", "Tells whether a model can answer"),
    VERSION_READY(HttpMethod.GET, "/v2/models/{model}/versions/{version}/ready", "Tells whether a version can answer"),
    MODEL_INFER(HttpMethod.POST, "/v2/models/{model}/infer", "Answers pictures"),
    VERSION_INFER(
            HttpMethod.POST, "/v2/models/{model}/versions/{version}/infer", "Answers pictures by a model's version"),
    REGISTER(HttpMethod.POST, "/models", "Serves a bundle of the model folder", Query.URL),
    MODEL_VERSION(HttpMethod.GET, "/models/{model}/{version}", "Describes a model's version and its load"),
    UNREGISTER(HttpMethod.DELETE, "/models/{model}", "Ends serving a model"),
    UNREGISTER_VERSION(HttpMethod.DELETE, "/models/{model}/{version}", "Ends serving a model's version"),
    RELOAD(HttpMethod.POST, "/models/{model}/reload", "Loads a model's bundles anew"),
    RELOAD_VERSION(HttpMethod.POST, "/models/{model}/{version}/reload", "Loads a version's bundle anew"),
    METRICS(HttpMethod.GET, "/metrics", "Measurements in Prometheus' text format 0.0.4"),
    OPENAPI(HttpMethod.GET, "/openapi.json", "Describes these routes as OpenAPI 3.1");

    /** Names of the variables in paths. */
    static final String MODEL_NAME = "model";

    static final String VERSION = "version";

    /** Names of query parameters. */
    static final class Query {
        /** true adds the probabilities of all classes. */
        static final String PROBABILITIES = "probabilities";

        /** true adds each answer's heat. */
        static final String EXPLAIN = "explain";

        static final Set<String> FLAGS = Set.of(PROBABILITIES, EXPLAIN);
        static final String MODEL_NAME = "model_name";
        static final String MODEL_VERSION = "model_version";

        /** A bundle in the model folder: its name, or its name and version. */
        static final String URL = "url";

        private Query() {}
    }

    private final HttpMethod method;
    private final String template;
    private final String summary;
    private final List<String> queryParameters;
    private final String[] segments;

    Endpoint(HttpMethod method, String template, String summary, String... queryParameters) {
        this.method = method;
        this.template = template;
        this.summary = summary;
        this.queryParameters = List.of(queryParameters);
        this.segments = template.split("/", -1);
    }

    HttpMethod method() {
        return method;
    }

    /** The path, with variables in braces. */
    String template() {
        return template;
    }

    String summary() {
        return summary;
    }

    List<String> queryParameters() {
        return queryParameters;
    }

    /** The names of the path's variables, in order. */
    List<String> pathVariables() {
        return Arrays.stream(segments)
                .filter(Endpoint::isVariable)
                .map(Endpoint::variable)
                .toList();
    }

    private static final Set<String> OPEN = Set.of(
            PING.template,
            SERVER_LIVE.template,
            SERVER_READY.template,
            PAGE.template,
            PAGE_SCRIPT.template,
            PAGE_STYLE.template);

    /** Whether health probes and browsers may ask for a path without the token. */
    static boolean isOpen(String path) {
        return OPEN.contains(path);
    }

    /** Whether a path, cut at its slashes, is this endpoint's. */
    boolean matches(String[] pathSegments) {
        if (pathSegments.length != segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!isVariable(segments[i]) && !segments[i].equals(pathSegments[i])) {
                return false;
            }
        }
        return true;
    }

    /** The value of a variable in a path that matches; null if the path has no such variable. */
    @Nullable
    String variable(String name, List<String> pathSegments) {
        for (int i = 0; i < segments.length; i++) {
            if (isVariable(segments[i]) && variable(segments[i]).equals(name)) {
                return pathSegments.get(i);
            }
        }
        return null;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static String variable(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
