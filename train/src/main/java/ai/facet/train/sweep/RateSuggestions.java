package ai.facet.train.sweep;

import ai.facet.cli.UserException;
import java.util.Locale;

/**
 * Rates that a curve suggests as the highest of a run. As in fastai the first tenth of the sweep is not looked at, nor the
 * last five steps before the loss ran away; of a triangular sweep only the rising half is.
 *
 * @param steepest where the smoothed loss falls fastest from step to step; for an exponential sweep that is its slope
 *     against the logarithm of the rate, for a triangular one against the rate
 * @param valley half way down the longest fall, fastai's default
 * @param tenthOfMinimum the original project's rule: the rate of the lowest smoothed loss divided by ten
 */
public record RateSuggestions(double steepest, double valley, double tenthOfMinimum) {
    private static final int SKIPPED_PART = 10;
    private static final int SKIPPED_AT_END = 5;
    private static final int FEWEST = 6;

    /**
     * The suggestions of a finished sweep.
     *
     * @throws UserException (exit 1) if the loss ran away before there was anything to see
     */
    public static RateSuggestions of(SweepCurve curve) {
        int from = curve.sweep().risingSteps() / SKIPPED_PART;
        int end = Math.min(curve.size(), curve.sweep().risingSteps());
        if (curve.diverged()) {
            end = Math.min(end, curve.size() - SKIPPED_AT_END);
        }
        if (end - from < FEWEST) {
            throw UserException.failed(String.format(
                    Locale.ROOT,
                    "the loss ran away after %d of %d steps, at a rate of %.2g: too early to suggest anything. Sweep from"
                            + " and to lower rates, or with more steps (--from, --to, --steps)",
                    curve.size(),
                    curve.sweep().steps(),
                    curve.rate(Math.max(0, curve.size() - 1))));
        }
        return new RateSuggestions(
                curve.rate(steepest(curve, from, end)),
                curve.rate(valley(curve, from, end)),
                curve.rate(lowest(curve, from, end)) / 10);
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
