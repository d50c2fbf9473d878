package ai.facet.train.loop;

import ai.facet.schema.AttributeSchema;

/**
 * The right answers as weights of log-probabilities, so that the loss of an attribute is
 * {@code -sum(targets * log_softmax(logits))}.
 *
 * <p>A labelled picture's row holds {@code 1 - smoothing} at its class plus {@code smoothing / classes} everywhere
 * (Szegedy et al., 2016), divided by the number of labelled pictures in the batch. The row of a picture without this
 * label is zero, so it adds nothing to the loss and to the gradient.
 */
public final class SoftTargets {
    private final AttributeSchema schema;
    private final double smoothing;

    /**
     * Targets for a schema.
     *
     * @param smoothing 0 (one-hot) to below 1
     */
    public SoftTargets(AttributeSchema schema, double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing " + smoothing + "; expected 0 to below 1");
        }
        this.schema = schema;
        this.smoothing = smoothing;
    }

    /**
     * Targets of one attribute.
     *
     * @param labels {@code [N][attributes]}, -1 where missing
     * @return {@code [N * classes]}, row by row
     */
    public float[] of(int attribute, int[][] labels) {
        int classes = schema.attributes().get(attribute).classCount();
        float[] targets = new float[labels.length * classes];
        int labelled = 0;
        for (int[] row : labels) {
            labelled += row[attribute] >= 0 ? 1 : 0;
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i][attribute] >= 0) {
                fillRow(targets, i * classes, classes, labels[i][attribute], labelled);
            }
        }
        return targets;
    }

    private void fillRow(float[] targets, int offset, int classes, int label, int labelled) {
        for (int c = 0; c < classes; c++) {
            double target = smoothing / classes + (c == label ? 1 - smoothing : 0);
            targets[offset + c] = (float) (target / labelled);
        }
    }
}
