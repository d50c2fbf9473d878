package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** One request, from its head to its reply. Lives on its connection's event loop. */
final class Exchange {
    private final long beganNanos = System.nanoTime();
    private final String method;
    private final String path;
    private final ErrorForm errorForm;
    private @Nullable Endpoint endpoint;
    private Route route = new Route.Refused(HttpFailure.badRequest("the request has not been routed"));

    Exchange(HttpRequest head) {
        this.method = head.method().name();
        String uri = head.uri();
        int query = uri.indexOf('?');
        this.path = query < 0 ? uri : uri.substring(0, query);
        this.errorForm = ErrorForm.ofPath(path);
    }

    void matched(Endpoint found) {
        endpoint = found;
    }

    void routeTo(Route decided) {
        route = decided;
    }

    /** When the head was read, as {@link System#nanoTime}. */
    long beganNanos() {
        return beganNanos;
    }

    String method() {
        return method;
    }

    /** As the client wrote it, without the query. */
    String path() {
        return path;
    }

    ErrorForm errorForm() {
        return errorForm;
    }

    /** Null for a path that is no endpoint's. */
    @Nullable
    Endpoint endpoint() {
        return endpoint;
    }

    Route route() {
        return route;
    }
}
