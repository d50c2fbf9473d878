package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Collection;
import java.util.List;

/** A request that ends with an error status and a message for the client. */
final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 200;

    private final transient HttpResponseStatus status;
    private final String type;
    private final transient List<HttpMethod> allowed;

    HttpFailure(HttpResponseStatus status, String type, String message) {
        this(status, type, message, List.of());
    }

    private HttpFailure(HttpResponseStatus status, String type, String message, List<HttpMethod> allowed) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.allowed = allowed;
    }

    static HttpFailure badRequest(String message) {
        return new HttpFailure(HttpResponseStatus.BAD_REQUEST, "BadRequestException", message);
    }

    static HttpFailure tooLarge(String message) {
        return new HttpFailure(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "RequestEntityTooLargeException", message);
    }

    /** @param found what is known of the body's size */
    static HttpFailure bodyTooLarge(String found, int limitBytes) {
        return tooLarge("the body has " + found + " bytes; at most " + limitBytes
                + " are accepted. Send a smaller picture, or start the server with a larger --max-body");
    }

    static HttpFailure methodNotAllowed(HttpMethod found, Collection<Endpoint> known) {
        return new HttpFailure(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                "MethodNotAllowedException",
                "the method is " + abbreviate(found.name()) + "; expected " + known,
                known.stream().map(Endpoint::method).toList());
    }

    /** What a client sent, short enough for a message. */
    static String abbreviate(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }

    HttpResponseStatus status() {
        return status;
    }

    /** DJL Serving's name of the error. */
    String type() {
        return type;
    }

    /** The methods that the path has, if the request's is none of them; else none. */
    List<HttpMethod> allowed() {
        return allowed;
    }
}
