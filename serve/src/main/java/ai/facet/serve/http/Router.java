package ai.facet.serve.http;

import ai.facet.bundle.ModelBundle;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.Question;
import ai.facet.serve.metrics.ServerMetrics;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Decides from a request's head alone, so that nobody sends a body in vain. Thread-safe. */
final class Router {
    private final HttpServer server;
    private final ServedModels models;
    private final OpenInference openInference;
    private final ServerMetrics metrics;
    private final int bodyLimit;

    Router(HttpServer server, int bodyLimit) {
        this.server = server;
        this.models = server.models();
        this.openInference = new OpenInference(models);
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
        Target target = Target.of(head.method(), path, uri);
        exchange.matched(target.endpoint());
        Route route = route(target);
        long length = HttpUtil.getContentLength(head, 0L);
        if (length > bodyLimit) {
            throw HttpFailure.bodyTooLarge(String.valueOf(length), bodyLimit);
        }
        return route;
    }

    private Route route(Target target) {
        return switch (target.endpoint()) {
            case PREDICT, PREDICT_VERSION, INVOKE -> predict(target, model(target));
            case INVOCATIONS -> predict(target, invoked(target));
            case PAGE -> new Route.Tell(PageFiles::html);
            case PAGE_SCRIPT -> new Route.Tell(PageFiles::script);
            case PAGE_STYLE -> new Route.Tell(PageFiles::style);
            case MODELS -> tell(models::list);
            case MODEL -> tell(() -> models.describe(variable(target, "model")));
            case PING -> new Route.Tell(models::ping);
            case SERVER_METADATA -> tell(openInference::server);
            case SERVER_LIVE -> tell(openInference::live);
            case SERVER_READY -> new Route.Tell(openInference::ready);
            case MODEL_METADATA, VERSION_METADATA -> {
                PredictionService service = model(target);
                yield tell(() -> openInference.metadata(variable(target, "model"), service));
            }
            case MODEL_READY, VERSION_READY -> {
                PredictionService service = model(target);
                yield new Route.Tell(() -> openInference.modelReady(variable(target, "model"), service));
            }
            case MODEL_INFER, VERSION_INFER -> openInference.infer(variable(target, "model"), model(target));
            case METRICS ->
                new Route.Tell(() -> Replies.of(HttpResponseStatus.OK, ServerMetrics.CONTENT_TYPE, metrics.scrape()));
            case OPENAPI -> tell(OpenApi::document);
        };
    }

    private static Route tell(Supplier<Object> value) {
        return new Route.Tell(() -> Replies.json(HttpResponseStatus.OK, value.get()));
    }

    private PredictionService model(Target target) {
        return models.find(variable(target, "model"), target.value("version"));
    }

    private static String variable(Target target, String name) {
        return Objects.requireNonNull(target.value(name), name);
    }

    private PredictionService invoked(Target target) {
        String name = target.value(Endpoint.Query.MODEL_NAME);
        return name == null ? models.only() : models.find(name, target.value(Endpoint.Query.MODEL_VERSION));
    }

    /** One picture, answered as DJL Serving's routes do. */
    private static Route predict(Target target, PredictionService service) {
        boolean allProbabilities = target.flag(Endpoint.Query.PROBABILITIES);
        PredictionService asked = target.flag(Endpoint.Query.EXPLAIN) ? withHeat(service) : service;
        asked.requireRoom();
        return new Route.Predict(
                asked,
                request -> new Question(
                        List.of(ImagePayload.read(request)),
                        answers -> answers.get(0).toJson(allProbabilities)));
    }

    private static PredictionService withHeat(PredictionService service) {
        PredictionService heat = service.heat();
        if (heat == null) {
            throw HttpFailure.badRequest("the model gives no heat: it was exported without " + ModelBundle.EXPLAIN
                    + ". Export it with facet export --explain, or ask without explain");
        }
        return heat;
    }

    private static String path(QueryStringDecoder uri) {
        try {
            return uri.path();
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the path cannot be decoded: " + e.getMessage());
        }
    }
}
