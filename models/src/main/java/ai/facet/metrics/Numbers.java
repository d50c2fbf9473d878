package ai.facet.metrics;

import java.util.Locale;

/** Measures as people read them. */
final class Numbers {
    static final String NONE = "-";

    private Numbers() {}

    /** Three decimals, or a dash for NaN. */
    static String three(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.3f", value);
    }
}
