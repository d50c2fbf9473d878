package ai.facet.annotations;

import java.util.Locale;
import java.util.Optional;

/** What an image is used for. */
public enum SplitSide {
    TRAIN,
    VALIDATION,
    TEST;

    /** {@code train}, {@code validation} or {@code test}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #text()} and the common other words for it, in any case. */
    public static Optional<SplitSide> ofText(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Optional.of(TRAIN);
            case "validation", "valid", "val", "dev" -> Optional.of(VALIDATION);
            case "test", "testing" -> Optional.of(TEST);
            default -> Optional.empty();
        };
    }
}
