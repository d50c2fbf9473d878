package ai.facet.train.input;

import java.util.List;

/**
 * Which pictures an epoch takes, in which order, in which batches, and how they are changed.
 *
 * @param order positions in {@link Pictures}
 * @param lastPart whether a last batch that is not full counts
 * @param firstBatch where to begin, above 0 when a run goes on in the middle of an epoch
 * @param augmentations applied in this order
 */
public record BatchPlan(
        int[] order,
        int batchSize,
        boolean lastPart,
        int firstBatch,
        List<Augmentation> augmentations,
        long seed,
        int epoch) {
    private static final long AUGMENTATION = 2;

    public BatchPlan {
        augmentations = List.copyOf(augmentations);
    }

    /** Shuffled, full batches only, so that batch normalisation always sees as many pictures. */
    public static BatchPlan training(
            int pictures, int batchSize, List<Augmentation> augmentations, long seed, int epoch, int firstBatch) {
        int[] order = EpochOrder.shuffled(pictures, seed, epoch);
        return new BatchPlan(order, Math.min(batchSize, pictures), false, firstBatch, augmentations, seed, epoch);
    }

    /** All pictures in order, unchanged. */
    public static BatchPlan evaluation(int pictures, int batchSize) {
        return new BatchPlan(EpochOrder.inOrder(pictures), batchSize, true, 0, List.of(), 0, 0);
    }

    /** Number of batches in the whole epoch. */
    public int batches() {
        return lastPart ? (order.length + batchSize - 1) / batchSize : order.length / batchSize;
    }

    int from(int batch) {
        return batch * batchSize;
    }

    int to(int batch) {
        return Math.min(order.length, (batch + 1) * batchSize);
    }

    void augment(int picture, byte[] pixelsHwc, int widthPx, int heightPx) {
        if (!augmentations.isEmpty()) {
            var random = Seeds.random(seed, AUGMENTATION, epoch, picture);
            augmentations.forEach(a -> a.apply(pixelsHwc, widthPx, heightPx, random));
        }
    }
}
