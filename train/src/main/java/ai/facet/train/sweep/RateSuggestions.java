package ai.facet.train.sweep;

import java.util.Locale;

/**
 * Rates that a curve suggests as the highest of a run. As in fastai the first tenth of the sweep is not looked at, nor the
 * last five steps before the loss ran away; of a triangular sweep only the rising half is.
 *
 * @param steepest where the smoothed loss falls fastest from step to step; for an exponential sweep that is its slope
 *     against the logarithm of the rate, for a triangular one against the rate
 * @param valley half way down the longest fall, fastai's default
 * @param tenthOfMinimum the original project's rule: the rate of the lowest smoothed loss divided by ten
 * @param problem why the curve suggests nothing, and what to try; then all rates are NaN. Empty if it does
 */
public record RateSuggestions(double steepest, double valley, double tenthOfMinimum, String problem) {
    private static final int SKIPPED_PART = 10;
    private static final int SKIPPED_AT_END = 5;
    private static final int FEWEST = 6;

    /** So many standard deviations the lowest of 30 to 1,000 smoothed losses falls by chance in 1 of 100 to 1,000 sweeps. */
    private static final double SURE_FALL = 4;

    /** What a finished sweep suggests. */
    public static RateSuggestions of(SweepCurve curve) {
        int from = curve.sweep().risingSteps() / SKIPPED_PART;
        int end = Math.min(curve.size(), curve.sweep().risingSteps());
        if (curve.diverged()) {
            end = Math.min(end, curve.size() - SKIPPED_AT_END);
        }
        if (end - from < FEWEST) {
            return nothing(
                    "the loss ran away after %d of %d steps, at a rate of %.2g: too early to suggest anything. Sweep from"
                            + " and to lower rates, or with more steps (--from, --to, --steps)",
                    curve.size(), curve.sweep().steps(), curve.rate(Math.max(0, curve.size() - 1)));
        }
        int lowest = lowest(curve, from, end);
        double fall = curve.start(from + 1) - curve.smoothed(lowest);
        double chance = SURE_FALL * curve.chance(from + 1, end);
        if (!(fall > chance)) {
            return nothing(
                    "the smoothed loss fell by no more than %.2g below its %.3g at the start, which chance alone can do (up to %.2g), so no rate"
                            + " can be recommended. Sweep to higher rates (--to) if it stayed flat, from lower ones (--from)"
                            + " if it rose, with more --steps or a larger --batch-size if it is noisy",
                    Math.max(0, fall), curve.start(from + 1), chance);
        }
        return new RateSuggestions(
                curve.rate(steepest(curve, from, end)),
                curve.rate(valley(curve, from, end)),
                curve.rate(lowest) / 10,
                "");
    }

    private static RateSuggestions nothing(String format, Object... values) {
        return new RateSuggestions(Double.NaN, Double.NaN, Double.NaN, String.format(Locale.ROOT, format, values));
    }

    /** Whether the curve suggests anything. */
    public boolean known() {
        return problem.isEmpty();
    }

    private static int steepest(SweepCurve curve, int from, int end) {
        int found = from;
        for (int i = from; i + 1 < end; i++) {
            if (fall(curve, i) > fall(curve, found)) {
                found = i;
            }
        }
        return found;
    }

    private static double fall(SweepCurve curve, int step) {
        return curve.smoothed(step) - curve.smoothed(step + 1);
    }

    private static int lowest(SweepCurve curve, int from, int end) {
        int found = from;
        for (int i = from; i < end; i++) {
            if (curve.smoothed(i) < curve.smoothed(found)) {
                found = i;
            }
        }
        return found;
    }

    /**
     * fastai's default rule: the steps between which the longest strictly falling subsequence lies are the valley; the
     * suggestion lies half of it down, by fastai's arithmetic a third and half a third.
     */
    private static int valley(SweepCurve curve, int from, int end) {
        int[] length = new int[end - from]; // of the longest falling subsequence that ends here
        int last = 0;
        for (int i = 0; i < length.length; i++) {
            length[i] = 1;
            for (int j = 0; j < i; j++) {
                if (curve.smoothed(from + i) < curve.smoothed(from + j)) {
                    length[i] = Math.max(length[i], length[j] + 1);
                }
            }
            last = length[i] > length[last] ? i : last;
        }
        double third = length[last] / 3.0;
        int found = last - length[last] + (int) third + (int) (third / 2);
        return from + Math.max(0, found);
    }
}
