package ai.facet.prediction;

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
}
