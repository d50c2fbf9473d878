package ai.facet.decode;

import java.io.IOException;

/** A picture that cannot be decoded. The message names the file, the place, what was found and what was expected. */
public final class ImageDecodeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a picture was refused; callers turn it into a status. */
    public enum Reason {
        /** No picture, or a kind that Facet does not read. */
        UNSUPPORTED_FORMAT,
        /** Beyond {@link DecodeLimits}. */
        TOO_LARGE,
        /** Cut short, changed, or breaking its format's rules. */
        DAMAGED,
        /** Zero bytes. */
        EMPTY
    }

    ImageDecodeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static ImageDecodeException damaged(String name, String what) {
        return new ImageDecodeException(Reason.DAMAGED, name + " is damaged: " + what + ". Replace the file");
    }

    static ImageDecodeException unsupported(String name, String what) {
        return new ImageDecodeException(Reason.UNSUPPORTED_FORMAT, name + " " + what);
    }
}
