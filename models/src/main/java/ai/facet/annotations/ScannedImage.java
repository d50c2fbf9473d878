package ai.facet.annotations;

import org.jspecify.annotations.Nullable;

/**
 * What looking at an image's file gave: a fingerprint and a size, or a problem.
 *
 * @param widthPx of the upright picture, 0 if it could not be read
 * @param heightPx of the upright picture, 0 if it could not be read
 * @param problem why the row cannot be used, with file and line, or null
 */
public record ScannedImage(
        @Nullable ImageFingerprint fingerprint,
        int widthPx,
        int heightPx,
        @Nullable String problem) {
    static ScannedImage bad(String problem) {
        return new ScannedImage(null, 0, 0, problem);
    }

    public boolean isGood() {
        return problem == null;
    }
}
