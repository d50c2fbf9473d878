package ai.facet.prediction;

import java.util.Arrays;

/** {@code softmax(logits / temperature)}, computed in double precision with the maximum subtracted. */
public final class Softmax {
    private Softmax() {}

    /**
     * Probabilities of one row of logits.
     *
     * @param temperature above 0; 1 is the plain softmax
     */
    public static float[] of(float[] logits, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        double[] exponentials = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] = Math.exp((logits[i] - max) / temperature);
            sum += exponentials[i];
        }
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = (float) (exponentials[i] / sum);
        }
        return probabilities;
    }

    /**
     * Probabilities of many rows.
     *
     * @param logits {@code [rows, classes]}
     */
    public static float[] rows(int classes, float[] logits, double temperature) {
        float[] probabilities = new float[logits.length];
        for (int start = 0; start < logits.length; start += classes) {
            float[] row = of(Arrays.copyOfRange(logits, start, start + classes), temperature);
            System.arraycopy(row, 0, probabilities, start, classes);
        }
        return probabilities;
    }
}
