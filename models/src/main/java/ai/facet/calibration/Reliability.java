package ai.facet.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * A reliability diagram (DeGroot and Fienberg, 1983): pictures in ten equal bins by the probability of the predicted
 * class. On the diagonal probabilities mean what they say.
 *
 * @param bins those that hold pictures, ascending
 */
public record Reliability(List<Bin> bins) {
    private static final int BINS = 10;

    /** Mean probability and accuracy of some pictures. */
    public record Bin(int pictures, double probability, double accuracy) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Counts.
     *
     * @param labels one class per picture, negative if missing
     * @param probabilities {@code [pictures, classes]}
     */
    public static Reliability of(int classes, int[] labels, float[] probabilities) {
        int[] pictures = new int[BINS];
        double[] sums = new double[BINS];
        int[] right = new int[BINS];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                continue;
            }
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = probabilities[i * classes + c] > probabilities[i * classes + best] ? c : best;
            }
            float top = probabilities[i * classes + best];
            int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(top * BINS) - 1));
            pictures[bin]++;
            sums[bin] += top;
            right[bin] += best == labels[i] ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            if (pictures[b] > 0) {
                bins.add(new Bin(pictures[b], sums[b] / pictures[b], (double) right[b] / pictures[b]));
            }
        }
        return new Reliability(bins);
    }
}
