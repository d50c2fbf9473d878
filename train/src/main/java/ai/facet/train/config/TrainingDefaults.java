package ai.facet.train.config;

/** What is chosen where the user chose nothing. Each choice is written into the run's configuration. */
public final class TrainingDefaults {
    /** Over the whole run; 28 epochs of 4,250 pictures. In half of it augmentation does not pay yet; see docs/augmentation.md. */
    public static final int PICTURES_SEEN = 120_000;

    public static final int FEWEST_EPOCHS = 8;

    private static final int MOST_EPOCHS = 100;
    private static final int BATCH = 64;
    private static final int SMALLEST_BATCH = 8;
    private static final int STEPS_PER_EPOCH = 10;

    private TrainingDefaults() {}

    public static int epochs(int trainingPictures) {
        int epochs = Math.round((float) PICTURES_SEEN / Math.max(1, trainingPictures));
        return Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, epochs));
    }

    /** At least ten steps an epoch, if that leaves a batch that normalisation can work with. */
    public static int batchSize(int trainingPictures) {
        int batch = BATCH;
        while (batch > SMALLEST_BATCH && trainingPictures / batch < STEPS_PER_EPOCH) {
            batch /= 2;
        }
        return batch;
    }

    /** Grows with the batch: with its square root for AdamW, in proportion for SGD (Goyal et al., 2017). */
    public static double learningRate(OptimizerConfig.Kind optimizer, int batchSize) {
        double batches = (double) batchSize / BATCH;
        return switch (optimizer) {
            case ADAMW -> 0.003 * Math.sqrt(batches);
            case SGD -> 0.05 * batches;
        };
    }

    public static double weightDecay(OptimizerConfig.Kind optimizer) {
        return switch (optimizer) {
            case ADAMW -> 0.05;
            case SGD -> 5e-4;
        };
    }

    /** All processors but those beyond 16. */
    public static int threads() {
        return Math.min(16, Runtime.getRuntime().availableProcessors());
    }
}
