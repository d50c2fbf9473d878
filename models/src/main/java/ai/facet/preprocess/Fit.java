package ai.facet.preprocess;

import java.util.Locale;

/** How a picture of another aspect ratio meets the network's input. */
public enum Fit {
    /** Whole picture, centred, padded with a colour. */
    LETTERBOX,
    /** Short side fits, long side is cut evenly at both ends. */
    CROP,
    /** Both sides fit; the aspect ratio changes. */
    STRETCH;

    /** The name in files and options, lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
