package ai.facet.checkpoint;

import java.io.IOException;

/** A checkpoint that is damaged, cut or of another kind. The message names the file, what was found and expected. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }
}
