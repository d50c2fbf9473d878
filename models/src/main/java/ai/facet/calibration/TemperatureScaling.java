package ai.facet.calibration;

import ai.facet.prediction.Softmax;
import java.util.Arrays;

/**
 * Temperature scaling (Guo et al., 2017, "On Calibration of Modern Neural Networks"): the one number by which all logits
 * are divided so that the log loss on held-out pictures is smallest. It never changes which class wins.
 *
 * <p>Targets are softened as Platt did (1999): with n pictures the true class gets {@code 1 - 1/(n + 2)}, so that a set
 * without a single error does not ask for certainty.
 */
final class TemperatureScaling {
    static final double LOWEST = 0.05;
    static final double HIGHEST = 20;

    private static final int STEPS = 60;

    private TemperatureScaling() {}

    /**
     * The best temperature, {@value #LOWEST} to {@value #HIGHEST}; 1 if no picture has a label.
     *
     * @param labels one class per picture, negative if missing
     * @param logits {@code [pictures, classes]}
     */
    static double fit(int classes, int[] labels, float[] logits) {
        if (Arrays.stream(labels).noneMatch(label -> label >= 0)) {
            return 1;
        }
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int i = 0; i < STEPS; i++) { // the loss is convex in 1 / temperature, so its slope changes sign once
            double middle = (low + high) / 2;
            if (slope(classes, labels, logits, Math.exp(middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** The derivative of the log loss by 1 / temperature: expected minus wanted logit. Positive: too sure. */
    private static double slope(int classes, int[] labels, float[] logits, double temperature) {
        long labelled = Arrays.stream(labels).filter(label -> label >= 0).count();
        double spared = 1.0 / (labelled + 2);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                continue;
            }
            float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
            float[] probabilities = Softmax.of(row, temperature);
            for (int c = 0; c < classes; c++) {
                double target = c == labels[i] ? 1 - spared : spared / (classes - 1);
                sum += (probabilities[c] - target) * row[c];
            }
        }
        return sum;
    }
}
