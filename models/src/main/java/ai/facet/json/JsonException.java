package ai.facet.json;

/** JSON text that is malformed, or a value that is not what its reader expects. The message names source and place. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
