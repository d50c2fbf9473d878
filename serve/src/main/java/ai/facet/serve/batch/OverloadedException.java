package ai.facet.serve.batch;

/** The service takes no more pictures now; the message says why. Nothing was done. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverloadedException(String message) {
        // no stack trace: this is thrown thousands of times a second just when time is short
        super(message, null, false, false);
    }
}
