package ai.facet.serve.client;

import java.io.IOException;

/** A server's refusal: the message says what was wrong and what is expected. */
public final class FacetServerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    FacetServerException(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    /** The HTTP status: 400, 413 or 415 for a picture that cannot be read, 503 if there is too much at once, and others. */
    public int status() {
        return status;
    }

    /** The server's name of the error, such as {@code BadRequestException}; empty if it gave none. */
    public String type() {
        return type;
    }
}
