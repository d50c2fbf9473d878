package ai.facet.train.loop;

import ai.facet.schema.AttributeSchema;
import java.util.Arrays;

/**
 * The right answers as weights of log-probabilities, so that the loss of an attribute is
 * {@code -sum(targets * log_softmax(logits))}.
 *
 * <p>A labelled picture's row holds {@code 1 - smoothing} at its class plus {@code smoothing / classes} everywhere
 * (Szegedy et al., 2016), times the weights of its class and of the attribute, divided by the number of labelled pictures
 * in the batch. The row of a picture without this label is zero, so it adds nothing to the loss and to the gradient.
 */
public final class SoftTargets {
    private final double[][] weights;
    private final double smoothing;

    /**
     * Targets in which every picture counts the same.
     *
     * @param smoothing 0 (one-hot) to below 1
     */
    public SoftTargets(AttributeSchema schema, double smoothing) {
        this(equal(schema), smoothing);
    }

    /**
     * Weighted targets.
     *
     * @param weights {@code [attributes][classes]}: how much a picture of this class counts
     */
    public SoftTargets(double[][] weights, double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing " + smoothing + "; expected 0 to below 1");
        }
        this.weights = weights;
        this.smoothing = smoothing;
    }

    private static double[][] equal(AttributeSchema schema) {
        double[][] weights = new double[schema.size()][];
        for (int a = 0; a < weights.length; a++) {
            weights[a] = new double[schema.attributes().get(a).classCount()];
            Arrays.fill(weights[a], 1);
        }
        return weights;
    }

    /**
     * Targets of one attribute.
     *
     * @param labels {@code [N][attributes]}, -1 where missing
     * @param labelled pictures that have this label, in the whole batch of which these may be a part
     * @return {@code [N * classes]}, row by row
     */
    public float[] of(int attribute, int[][] labels, int labelled) {
        int classes = weights[attribute].length;
        float[] targets = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i][attribute];
            if (label >= 0) {
                fillRow(targets, i * classes, classes, label, weights[attribute][label] / labelled);
            }
        }
        return targets;
    }

    /** How many pictures have each label: {@code [attributes]}. */
    static int[] labelled(int[][] labels) {
        int[] counts = new int[labels.length == 0 ? 0 : labels[0].length];
        for (int[] row : labels) {
            for (int a = 0; a < counts.length; a++) {
                counts[a] += row[a] >= 0 ? 1 : 0;
            }
        }
        return counts;
    }

    private void fillRow(float[] targets, int offset, int classes, int label, double weight) {
        for (int c = 0; c < classes; c++) {
            double target = smoothing / classes + (c == label ? 1 - smoothing : 0);
            targets[offset + c] = (float) (target * weight);
        }
    }
}
