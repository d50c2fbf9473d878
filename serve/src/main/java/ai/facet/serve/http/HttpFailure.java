package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that ends with an error status and a message for the client. */
final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpResponseStatus status;
    private final String type;

    HttpFailure(HttpResponseStatus status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    static HttpFailure badRequest(String message) {
        return new HttpFailure(HttpResponseStatus.BAD_REQUEST, "BadRequestException", message);
    }

    static HttpFailure tooLarge(int limitBytes) {
        return new HttpFailure(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "RequestEntityTooLargeException",
                "the body is larger than " + limitBytes + " bytes");
    }

    HttpResponseStatus status() {
        return status;
    }

    /** DJL Serving's name of the error. */
    String type() {
        return type;
    }
}
