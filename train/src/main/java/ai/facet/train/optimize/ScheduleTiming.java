package ai.facet.train.optimize;

/**
 * When the schedules that react to epochs lower the rate.
 *
 * @param halvingEpochs after how many epochs {@code step} halves it
 * @param plateauFactor what {@code plateau} multiplies it by
 * @param plateauPatience how many epochs in a row {@code plateau} lets pass without a better score
 */
public record ScheduleTiming(int halvingEpochs, double plateauFactor, int plateauPatience) {
    /** Ten epochs as in the original project; half after three epochs without progress. */
    public static final ScheduleTiming DEFAULT = new ScheduleTiming(10, 0.5, 3);

    public ScheduleTiming {
        if (halvingEpochs < 1) {
            throw new IllegalArgumentException("--halve-every is " + halvingEpochs + "; expected at least 1 epoch");
        }
        if (!(plateauFactor > 0 && plateauFactor < 1)) {
            throw new IllegalArgumentException("--plateau-factor is " + plateauFactor + "; expected between 0 and 1");
        }
        if (plateauPatience < 0) {
            throw new IllegalArgumentException("--plateau-patience is " + plateauPatience + "; expected at least 0");
        }
    }
}
