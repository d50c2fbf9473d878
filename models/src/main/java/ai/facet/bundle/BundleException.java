package ai.facet.bundle;

import java.io.IOException;

/** A folder that is not a bundle, or a damaged one. The message names the file, what was found and what to do. */
public final class BundleException extends IOException {
    private static final long serialVersionUID = 1L;

    public BundleException(String message) {
        super(message);
    }
}
