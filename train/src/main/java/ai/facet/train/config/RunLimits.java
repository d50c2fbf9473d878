package ai.facet.train.config;

import ai.facet.cli.UserException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What ends a process before its run is complete.
 *
 * @param maxTime for this process; null for no limit
 */
public record RunLimits(@Nullable Duration maxTime) {
    private static final double MILLIS_PER_MINUTE = 60_000;

    /**
     * Limits from the command line.
     *
     * @throws UserException (exit 2) if the time is not above 0
     */
    public static RunLimits ofMinutes(@Nullable Double minutes) {
        if (minutes == null) {
            return new RunLimits(null);
        }
        if (!(minutes > 0)) {
            throw UserException.badArguments("--max-time is " + minutes + "; expected minutes above 0");
        }
        return new RunLimits(Duration.ofMillis(Math.round(minutes * MILLIS_PER_MINUTE)));
    }
}
