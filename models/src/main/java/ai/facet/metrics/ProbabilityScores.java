package ai.facet.metrics;

/**
 * How well probabilities fit.
 *
 * @param logLoss the mean of minus the natural logarithm of the true class's probability, which is at least
 *     {@value #SMALLEST} for this
 * @param calibrationError expected calibration error (Guo et al., 2017): images are put into {@value #BINS} equal bins
 *     by the probability of their predicted class; the mean of |accuracy - mean probability| over bins, weighted by size
 */
public record ProbabilityScores(double logLoss, double calibrationError) {
    static final int BINS = 15;
    static final double SMALLEST = 1e-12;

    /**
     * Scores one attribute.
     *
     * @param labels true classes; negative ones are missing and left out
     * @param probabilities {@code [images, classes]}
     * @return NaN twice if no label is there
     */
    static ProbabilityScores of(int classes, int[] labels, float[] probabilities) {
        double loss = 0;
        int images = 0;
        double[] surplus = new double[BINS];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                int best = Predictions.best(classes, probabilities, i);
                double confidence = probabilities[i * classes + best];
                loss -= Math.log(Math.max(SMALLEST, probabilities[i * classes + labels[i]]));
                surplus[bin(confidence)] += (best == labels[i] ? 1 : 0) - confidence;
                images++;
            }
        }
        double error = 0;
        for (double s : surplus) {
            error += Math.abs(s);
        }
        return new ProbabilityScores(loss / images, error / images);
    }

    /** Bins are open below and closed above, as in the paper. */
    private static int bin(double confidence) {
        return Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
    }
}
