package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** One request, from its head to its reply. Lives on its connection's event loop. */
final class Exchange {
    private static final String UNREADABLE = "-";

    private final long beganNanos = System.nanoTime();
    private final String method;
    private final String path;
    private final ErrorForm errorForm;
    private @Nullable Endpoint endpoint;
    private Route route = new Route.Refused(HttpFailure.badRequest("the request has not been routed"));

    Exchange(HttpRequest head) {
        boolean valid = head.decoderResult().isSuccess(); // else Netty puts in a request of its own
        this.method = valid ? head.method().name() : UNREADABLE;
        this.path = valid ? withoutQuery(head.uri()) : UNREADABLE;
        this.errorForm = ErrorForm.ofPath(path);
    }

    private static String withoutQuery(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
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
