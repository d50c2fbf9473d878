package ai.facet.serve.http;

import ai.facet.serve.batch.Question;
import ai.facet.serve.metrics.ServerMetrics;
import ai.facet.serve.registry.LoadedModel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides from a request's head alone, so that nobody sends a body in vain. Thread-safe. */
final class Router {
    private static final String MODEL = Endpoint.MODEL_NAME;

    private final HttpServer server;
    private final Surface surface;
    private final ServedModels models;
    private final OpenInference openInference;
    private final Management management;
    private final ServerMetrics metrics;
    private final int bodyLimit;

    Router(HttpServer server, Surface surface, int bodyLimit) {
        this.server = server;
        this.surface = surface;
        this.models = server.models();
        this.openInference = new OpenInference(models);
        this.management = new Management(models);
        this.metrics = server.journal().metrics();
        this.bodyLimit = bodyLimit;
    }

    /** Tells in the exchange where the request goes. Never throws. */
    void route(HttpRequest head, Exchange exchange) {
        try {
            exchange.routeTo(checked(head, exchange));
        } catch (RuntimeException | Error e) {
            exchange.routeTo(new Route.Refused(server.failures().of(e)));
        }
    }

    private Route checked(HttpRequest head, Exchange exchange) {
        if (head.decoderResult().isFailure()) {
            throw HttpFailure.badRequest("the request is not valid HTTP");
        }
        QueryStringDecoder uri = new QueryStringDecoder(head.uri());
        String path = path(uri);
        server.access().check(head.headers(), !Endpoint.isOpen(path));
        if (server.isDraining()) {
            throw Failures.unavailable("the server is shutting down");
        }
        Target target = Target.of(surface, head.method(), path, uri);
        exchange.matched(target.endpoint());
        Route route = route(target);
        long length = HttpUtil.getContentLength(head, 0L);
        if (length > bodyLimit) {
            throw HttpFailure.bodyTooLarge(String.valueOf(length), bodyLimit);
        }
        requireKnownExpectation(head);
        return route;
    }

    private static void requireKnownExpectation(HttpRequest head) {
        String expect = head.headers().get(HttpHeaderNames.EXPECT);
        if (expect != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)) {
            throw new HttpFailure(
                    HttpResponseStatus.EXPECTATION_FAILED,
                    "ExpectationFailedException",
                    "Expect is \"" + HttpFailure.abbreviate(expect) + "\"; the only expectation is 100-continue");
        }
    }

    private Route route(Target target) {
        return switch (target.endpoint()) {
            case PREDICT, PREDICT_VERSION, INVOKE ->
                predict(target, target.value(MODEL), target.value(Endpoint.VERSION));
            case INVOCATIONS ->
                predict(target, target.value(Endpoint.Query.MODEL_NAME), target.value(Endpoint.Query.MODEL_VERSION));
            case PAGE -> new Route.Tell(PageFiles::html);
            case PAGE_SCRIPT -> new Route.Tell(PageFiles::script);
            case PAGE_STYLE -> new Route.Tell(PageFiles::style);
            case MODELS -> tell(() -> models.list(surface == Surface.MANAGEMENT));
            case MODEL -> tell(() -> models.describe(variable(target, MODEL)));
            case MODEL_VERSION -> tell(() -> ServedModels.describe(model(target)));
            case REGISTER, UNREGISTER, UNREGISTER_VERSION, RELOAD, RELOAD_VERSION -> management.route(target);
            case PING -> new Route.Tell(models::ping);
            case SERVER_METADATA -> tell(openInference::server);
            case SERVER_LIVE -> tell(openInference::live);
            case SERVER_READY -> new Route.Tell(openInference::ready);
            case MODEL_METADATA, VERSION_METADATA -> {
                LoadedModel model = model(target);
                yield tell(() -> openInference.metadata(model));
            }
            case MODEL_READY, VERSION_READY -> {
                LoadedModel model = model(target);
                yield new Route.Tell(() -> openInference.modelReady(model));
            }
            case MODEL_INFER, VERSION_INFER ->
                openInference.infer(new ModelChoice(target.value(MODEL), target.value(Endpoint.VERSION), false));
            case METRICS ->
                new Route.Tell(() -> Replies.of(HttpResponseStatus.OK, ServerMetrics.CONTENT_TYPE, metrics.scrape()));
            case OPENAPI -> tell(() -> OpenApi.document(surface));
        };
    }

    private static Route tell(Supplier<Object> value) {
        return new Route.Tell(() -> Replies.json(HttpResponseStatus.OK, value.get()));
    }

    private LoadedModel model(Target target) {
        return models.find(variable(target, MODEL), target.value(Endpoint.VERSION));
    }

    private static String variable(Target target, String name) {
        return Objects.requireNonNull(target.value(name), name);
    }

    /** One picture, answered as DJL Serving's routes do. */
    private Route predict(Target target, @Nullable String name, @Nullable String version) {
        boolean allProbabilities = target.flag(Endpoint.Query.PROBABILITIES);
        ModelChoice choice = new ModelChoice(name, version, target.flag(Endpoint.Query.EXPLAIN));
        models.find(choice).requireRoom();
        return new Route.Predict(
                choice,
                (request, model) -> new Question(
                        List.of(ImagePayload.read(request)),
                        answers -> answers.get(0).toJson(allProbabilities)));
    }

    private static String path(QueryStringDecoder uri) {
        try {
            return uri.path();
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the path cannot be decoded: " + e.getMessage());
        }
    }
}
