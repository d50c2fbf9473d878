package ai.facet.serve.http;

import ai.facet.serve.batch.PredictionService;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/** Decides from a request's head alone, so that nobody sends a body in vain. Thread-safe. */
final class Router {
    private static final String PREDICTIONS = "/predictions/";

    private final HttpServer server;
    private final int bodyLimit;

    Router(HttpServer server, int bodyLimit) {
        this.server = server;
        this.bodyLimit = bodyLimit;
    }

    /** Never throws. */
    Route of(HttpRequest head) {
        try {
            return checked(head);
        } catch (RuntimeException | Error e) {
            return new Route.Refused(server.failures().of(e));
        }
    }

    private Route checked(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            throw HttpFailure.badRequest("the request is not valid HTTP");
        }
        QueryStringDecoder uri = new QueryStringDecoder(head.uri());
        String path = path(uri);
        server.access().check(head.headers(), !path.equals("/ping"));
        if (server.isDraining()) {
            throw Failures.unavailable("the server is shutting down");
        }
        Route route = route(head, uri, path);
        if (HttpUtil.getContentLength(head, 0L) > bodyLimit) {
            throw HttpFailure.tooLarge(bodyLimit);
        }
        return route;
    }

    private Route route(HttpRequest head, QueryStringDecoder uri, String path) {
        if (path.equals("/ping")) {
            requireMethod(head, HttpMethod.GET);
            return new Route.Ping();
        }
        if (path.equals("/models")) {
            requireMethod(head, HttpMethod.GET);
            return new Route.Models();
        }
        if (path.startsWith(PREDICTIONS)) {
            requireMethod(head, HttpMethod.POST);
            boolean all = List.of("true").equals(parameters(uri).getOrDefault("probabilities", List.of()));
            PredictionService service = server.service(path.substring(PREDICTIONS.length()));
            service.requireRoom();
            return new Route.Predict(service, all);
        }
        throw new HttpFailure(HttpResponseStatus.NOT_FOUND, "ResourceNotFoundException", "no such path");
    }

    private static String path(QueryStringDecoder uri) {
        try {
            return uri.path();
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the path cannot be decoded: " + e.getMessage());
        }
    }

    private static Map<String, List<String>> parameters(QueryStringDecoder uri) {
        try {
            return uri.parameters();
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the query cannot be decoded: " + e.getMessage());
        }
    }

    private static void requireMethod(HttpRequest head, HttpMethod expected) {
        if (!head.method().equals(expected)) {
            throw new HttpFailure(
                    HttpResponseStatus.METHOD_NOT_ALLOWED, "MethodNotAllowedException", "expected " + expected);
        }
    }
}
