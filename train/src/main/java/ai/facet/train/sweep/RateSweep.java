package ai.facet.train.sweep;

import ai.facet.train.optimize.LearningRates;
import java.util.Locale;

/**
 * The rates of a range test.
 *
 * @param from the lowest rate
 * @param to the highest
 * @param steps of the whole sweep
 */
public record RateSweep(Kind kind, double from, double to, int steps) implements LearningRates {
    private static final int FEWEST_STEPS = 20;
    private static final int MOST_STEPS = 10_000;

    /** How the rate moves. */
    public enum Kind {
        /** Every step multiplies the rate by the same factor (Gugger, 2018). */
        EXPONENTIAL,
        /** Straight up to the highest rate in the middle, and straight down again (Smith, 2017). */
        TRIANGULAR;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RateSweep {
        if (!(from > 0 && to > from && to <= 1e6)) {
            throw new IllegalArgumentException(
                    "--from is " + from + " and --to is " + to + "; expected 0 < from < to, at most 1000000");
        }
        if (steps < FEWEST_STEPS || steps > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "--steps is " + steps + "; expected " + FEWEST_STEPS + " to " + MOST_STEPS);
        }
    }

    @Override
    public double at(long step) {
        double part = step / (steps - 1.0); // 0 to 1
        return switch (kind) {
            case EXPONENTIAL -> from * Math.pow(to / from, part);
            case TRIANGULAR -> from + (to - from) * (1 - Math.abs(2 * part - 1));
        };
    }

    /** Steps in which the rate rises: suggestions are looked for among them. */
    int risingSteps() {
        return kind == Kind.EXPONENTIAL ? steps : (steps + 1) / 2;
    }
}
