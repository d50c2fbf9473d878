package ai.facet.export.trace;

/** A Block that cannot be exported as it is. The message names the operation, the Block's path and what is supported. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TraceException(String message) {
        super(message);
    }
}
