package ai.facet.train.runs;

import java.util.Locale;

/** How a run stands. */
public enum RunState {
    /** A process trains in its folder now. */
    RUNNING,
    /** It did all its epochs, or ended because nothing improved, and its report is written. */
    FINISHED,
    /** It can go on with {@code facet train --resume}. */
    STOPPED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
