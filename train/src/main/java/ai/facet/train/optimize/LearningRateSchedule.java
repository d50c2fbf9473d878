package ai.facet.train.optimize;

import java.util.Arrays;
import java.util.Locale;

/**
 * The learning rate of every step of a run.
 *
 * @param peak the highest rate
 * @param totalSteps updates in the whole run
 * @param stepsPerEpoch updates in an epoch
 * @param halvingEpochs epochs between two halvings of {@link Kind#STEP}
 */
public record LearningRateSchedule(Kind kind, double peak, long totalSteps, long stepsPerEpoch, int halvingEpochs)
        implements LearningRates {
    private static final double ONE_CYCLE_RISING_PART = 0.3; // PyTorch's OneCycleLR: pct_start
    private static final double ONE_CYCLE_START_DIVISOR = 25; // PyTorch's OneCycleLR: div_factor
    private static final double ONE_CYCLE_END_DIVISOR = 1e4; // PyTorch's OneCycleLR: final_div_factor
    private static final double WARM_UP_PART = 0.05;
    private static final double TRIANGLE_DIVISOR = 25; // as one-cycle's start

    /** The shapes that the rate may follow. */
    public enum Kind {
        /** Up along a half cosine for 30 % of the run, then down to almost nothing (Smith and Topin, 2018). */
        ONE_CYCLE,
        /** Linear warm-up over 5 % of the run, then a half cosine to zero (Loshchilov and Hutter, 2017). */
        COSINE,
        /** The peak, halved every so many epochs. */
        STEP,
        /** Straight up from a 25th of the peak until the middle of the run, and straight down again (Smith, 2017). */
        TRIANGULAR,
        /** The peak until the score stops improving: {@link ReduceOnPlateau} lowers it then. */
        PLATEAU,
        /** The peak throughout. */
        CONSTANT;

        /** The name in files and options. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * The schedule with a name such as {@code one-cycle}.
         *
         * @throws IllegalArgumentException naming all schedules
         */
        public static Kind ofId(String id) {
            return Arrays.stream(values())
                    .filter(k -> k.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("schedule \"" + id + "\"; expected one of "
                            + Arrays.stream(values()).map(Kind::id).toList()));
        }
    }

    /** With halvings, if any, every 10 epochs. */
    public LearningRateSchedule(Kind kind, double peak, long totalSteps, long stepsPerEpoch) {
        this(kind, peak, totalSteps, stepsPerEpoch, ScheduleTiming.DEFAULT.halvingEpochs());
    }

    public LearningRateSchedule {
        if (!(peak > 0) || totalSteps < 1 || stepsPerEpoch < 1 || halvingEpochs < 1) {
            throw new IllegalArgumentException("learning rate " + peak + " over " + totalSteps + " steps, "
                    + stepsPerEpoch + " an epoch; expected numbers above 0");
        }
    }

    @Override
    public double at(long step) {
        return switch (kind) {
            case ONE_CYCLE -> oneCycle(step);
            case COSINE -> cosineWithWarmUp(step);
            case STEP -> halved(step / stepsPerEpoch / halvingEpochs);
            case TRIANGULAR -> triangle(step);
            case CONSTANT, PLATEAU -> peak;
        };
    }

    private double halved(long times) {
        return peak * Math.pow(0.5, (double) times);
    }

    /** PyTorch's {@code CyclicLR} with {@code mode="triangular"} and one cycle over the whole run. */
    private double triangle(long step) {
        double start = peak / TRIANGLE_DIVISOR;
        double fromMiddle = Math.abs(2.0 * step / Math.max(1, totalSteps - 1) - 1); // 1 at both ends
        return start + (peak - start) * Math.max(0, 1 - fromMiddle);
    }

    private double oneCycle(long step) {
        double start = peak / ONE_CYCLE_START_DIVISOR;
        double top = Math.max(1, ONE_CYCLE_RISING_PART * totalSteps - 1);
        double last = Math.max(top + 1, totalSteps - 1.0);
        if (step <= top) {
            return between(start, peak, step / top);
        }
        return between(peak, start / ONE_CYCLE_END_DIVISOR, (step - top) / (last - top));
    }

    private double cosineWithWarmUp(long step) {
        long warmUp = Math.round(WARM_UP_PART * totalSteps);
        if (step < warmUp) {
            return peak * (step + 1) / warmUp;
        }
        return between(peak, 0, (double) (step - warmUp) / Math.max(1, totalSteps - warmUp));
    }

    private static double between(double from, double to, double part) {
        return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, part))) / 2;
    }
}
