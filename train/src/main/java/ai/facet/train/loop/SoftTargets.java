package ai.facet.train.loop;

import ai.facet.schema.AttributeSchema;
import ai.facet.train.input.HostBatch;
import java.util.Arrays;

/**
 * The right answers as weights of log-probabilities, so that the loss of an attribute is
 * {@code -sum(targets * log_softmax(logits))}.
 *
 * <p>A labelled picture's row holds {@code 1 - smoothing} at its class plus {@code smoothing / classes} everywhere
 * (Szegedy et al., 2016), times the weights of its class and of the attribute, divided by the number of labelled pictures
 * in the batch. The row of a picture without this label is zero, so it adds nothing to the loss and to the gradient.
 *
 * <p>A picture that is mixed of two has the sum of both rows in proportion, and counts as that much of a labelled picture.
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
     * @param batch its pixels are not read
     * @param labelled pictures that have this label, in the whole batch of which these may be a part
     * @return {@code [N * classes]}, row by row
     */
    public float[] of(int attribute, HostBatch batch, double labelled) {
        float[] targets = new float[batch.size() * weights[attribute].length];
        HostBatch.Mixed mixed = batch.mixed();
        addRows(targets, attribute, batch.labels(), mixed == null ? 1 : mixed.ownShare(), labelled);
        if (mixed != null) {
            addRows(targets, attribute, mixed.labels(), 1 - mixed.ownShare(), labelled);
        }
        return targets;
    }

    private void addRows(float[] targets, int attribute, int[][] labels, double share, double labelled) {
        if (share == 0) {
            return; // nor did it count
        }
        int classes = weights[attribute].length;
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i][attribute];
            if (label >= 0) {
                addRow(targets, i * classes, classes, label, weights[attribute][label] * share / labelled);
            }
        }
    }

    private void addRow(float[] targets, int offset, int classes, int label, double weight) {
        for (int c = 0; c < classes; c++) {
            double target = smoothing / classes + (c == label ? 1 - smoothing : 0);
            targets[offset + c] += (float) (target * weight);
        }
    }

    /** How many pictures have each label: {@code [attributes]}; a part of a mixed one counts as much as it is. */
    static double[] labelled(HostBatch batch) {
        double[] counts = new double[batch.size() == 0 ? 0 : batch.labels()[0].length];
        HostBatch.Mixed mixed = batch.mixed();
        count(counts, batch.labels(), mixed == null ? 1 : mixed.ownShare());
        if (mixed != null) {
            count(counts, mixed.labels(), 1 - mixed.ownShare());
        }
        return counts;
    }

    private static void count(double[] counts, int[][] labels, double share) {
        for (int[] row : labels) {
            for (int a = 0; a < counts.length; a++) {
                counts[a] += row[a] >= 0 ? share : 0;
            }
        }
    }
}
