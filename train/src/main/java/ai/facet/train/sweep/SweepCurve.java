package ai.facet.train.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a sweep saw. Grows step by step; not thread-safe.
 *
 * <p>The losses of single batches are noisy, so they are smoothed: {@code a = b*a + (1-b)*loss} from {@code a = 0}, divided
 * by {@code 1 - b^steps}, which corrects for the beginning (Gugger, 2018, as Adam's means).
 */
public final class SweepCurve {
    private static final double DIVERGED = 4; // times the best smoothed loss: Gugger, 2018, and fastai

    private final RateSweep sweep;
    private final double smoothing;
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> smoothed = new ArrayList<>();
    private double average;
    private double best = Double.POSITIVE_INFINITY;
    private boolean diverged;

    /**
     * An empty curve.
     *
     * @param smoothing 0 (none) to below 1
     */
    public SweepCurve(RateSweep sweep, double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("--smoothing is " + smoothing + "; expected 0 to below 1");
        }
        this.sweep = sweep;
        this.smoothing = smoothing;
    }

    /**
     * Takes the next step's loss.
     *
     * @return whether the sweep goes on: it has steps left, and the loss did not run away
     */
    public boolean add(double loss) {
        double next = smoothing * average + (1 - smoothing) * loss;
        double corrected = next / (1 - Math.pow(smoothing, losses.size() + 1.0));
        if (!Double.isFinite(corrected)) {
            diverged = true;
            return false;
        }
        average = next;
        losses.add(loss);
        smoothed.add(corrected);
        best = Math.min(best, corrected);
        diverged = corrected > DIVERGED * best;
        return !diverged && losses.size() < sweep.steps();
    }

    /** The loss is no longer a number. */
    void setDiverged() {
        diverged = true;
    }

    /** Mean of the first losses, not smoothed. */
    double start(int steps) {
        return losses.subList(0, steps).stream().mapToDouble(d -> d).average().orElse(Double.NaN);
    }

    /**
     * Standard deviation of the difference between {@link #start} and a smoothed loss, if nothing but chance moves the losses.
     * That of one loss comes from the median difference of neighbours, on which neither a fall nor a run-away has much
     * influence; 0.6745 is the median of a normal deviation.
     *
     * @param end steps that are looked at, at least 2
     */
    double chance(int steps, int end) {
        double[] differences = IntStream.range(1, end)
                .mapToDouble(i -> Math.abs(losses.get(i) - losses.get(i - 1)))
                .sorted()
                .toArray();
        double ofOneLoss = differences[differences.length / 2] / (0.6745 * Math.sqrt(2));
        double ofExponentialMean = (1 - smoothing) / (1 + smoothing);
        return ofOneLoss * Math.sqrt(ofExponentialMean + 1.0 / steps);
    }

    public boolean diverged() {
        return diverged;
    }

    public RateSweep sweep() {
        return sweep;
    }

    public int size() {
        return losses.size();
    }

    public double rate(int step) {
        return sweep.at(step);
    }

    public double loss(int step) {
        return losses.get(step);
    }

    public double smoothed(int step) {
        return smoothed.get(step);
    }
}
