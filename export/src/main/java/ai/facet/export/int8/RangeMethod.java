package ai.facet.export.int8;

import ai.facet.cli.UserException;
import java.util.Arrays;
import java.util.Locale;

/** How the values that were seen become the range that is kept. */
public enum RangeMethod {
    /** All of them. */
    MIN_MAX {
        @Override
        Range choose(Histogram values) {
            return values.whole();
        }
    },

    /** All but one in ten thousand at each end. */
    PERCENTILE {
        @Override
        Range choose(Histogram values) {
            return values.without(CUT);
        }
    },

    /** The part of the range whose rounding and cutting together have the smallest mean squared error. */
    MSE {
        @Override
        Range choose(Histogram values) {
            Range whole = values.whole();
            Range best = whole;
            double smallest = values.error(whole);
            for (int percent = LEAST_PERCENT; percent < 100; percent++) {
                Range part = new Range(whole.low() * percent / 100, whole.high() * percent / 100);
                double error = values.error(part);
                if (error < smallest) {
                    smallest = error;
                    best = part;
                }
            }
            return best;
        }
    };

    private static final double CUT = 1e-4;
    private static final int LEAST_PERCENT = 10;

    abstract Range choose(Histogram values);

    /** The name in options and files: {@code min-max}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The method of a name.
     *
     * @throws UserException (exit 2) naming the others
     */
    public static RangeMethod of(String id) {
        return Arrays.stream(values())
                .filter(m -> m.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserException.badArguments("--calibration-method is \"" + id + "\"; expected one of "
                        + Arrays.stream(values()).map(RangeMethod::id).toList()));
    }
}
