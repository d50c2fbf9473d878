package ai.facet.train.input;

/** Chooses the pictures of an epoch and their order, from the seed and the epoch alone. */
@FunctionalInterface
public interface EpochSampler {
    /** Every picture once, shuffled. */
    EpochSampler EVERY_PICTURE_ONCE = EpochOrder::shuffled;

    /** How often each of so many pictures is drawn in an epoch, on average. */
    default double[] expectedDraws(int pictures) {
        double[] once = new double[pictures];
        java.util.Arrays.fill(once, 1);
        return once;
    }

    /** As many positions in {@link Pictures} as there are pictures. */
    int[] order(int pictures, long seed, int epoch);
}
