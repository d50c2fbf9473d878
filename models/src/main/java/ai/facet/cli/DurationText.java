package ai.facet.cli;

import java.util.Locale;

/** How long something took, for people: {@code 8.4 s}, {@code 3.5 min}, {@code 2 h 05 min}. */
public final class DurationText {
    private static final double SECONDS_SHOWN = 100;
    private static final int MINUTES_AN_HOUR = 60;
    private static final double SECONDS_A_MINUTE = 60;

    private DurationText() {}

    public static String of(double seconds) {
        if (seconds < SECONDS_SHOWN) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long minutes = Math.round(seconds / SECONDS_A_MINUTE);
        return minutes < MINUTES_AN_HOUR
                ? String.format(Locale.ROOT, "%.1f min", seconds / SECONDS_A_MINUTE)
                : String.format(Locale.ROOT, "%d h %02d min", minutes / MINUTES_AN_HOUR, minutes % MINUTES_AN_HOUR);
    }
}
