package ai.facet.train.input;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures an epoch takes, in which order, in which batches, and how they are changed.
 *
 * @param order positions in {@link Pictures}
 * @param lastPart whether a last batch that is not full counts
 * @param firstBatch where to begin, above 0 when a run goes on in the middle of an epoch
 * @param augmentations what is done to which batches
 */
public record BatchPlan(
        int[] order,
        int batchSize,
        boolean lastPart,
        int firstBatch,
        AugmentationPlan augmentations,
        long seed,
        int epoch) {
    private static final long AUGMENTATION = 2;
    private static final long KIND = 5;
    private static final long MIXING = 6;

    /** Shuffled, full batches only, so that batch normalisation always sees as many pictures. */
    public static BatchPlan training(
            int pictures, int batchSize, List<Augmentation> augmentations, long seed, int epoch, int firstBatch) {
        return training(
                pictures,
                batchSize,
                EpochSampler.EVERY_PICTURE_ONCE,
                AugmentationPlan.mixed(augmentations),
                seed,
                epoch,
                firstBatch);
    }

    /** The same with batches of several kinds that take turns; every kind is drawn by itself. */
    public static BatchPlan training(
            int pictures,
            int batchSize,
            EpochSampler sampler,
            AugmentationPlan augmentations,
            long seed,
            int epoch,
            int firstBatch) {
        int batch = Math.min(batchSize, pictures);
        int kinds = augmentations.kinds().size();
        int rounds = pictures / batch;
        int[] order = new int[rounds * kinds * batch];
        for (int kind = 0; kind < kinds; kind++) {
            int[] own = sampler.order(pictures, kind == 0 ? seed : Seeds.of(seed, KIND, kind), epoch);
            for (int round = 0; round < rounds; round++) {
                System.arraycopy(own, round * batch, order, (round * kinds + kind) * batch, batch);
            }
        }
        return new BatchPlan(order, batch, false, firstBatch, augmentations, seed, epoch);
    }

    /** All pictures in order, unchanged. */
    public static BatchPlan evaluation(int pictures, int batchSize) {
        return new BatchPlan(EpochOrder.inOrder(pictures), batchSize, true, 0, AugmentationPlan.mixed(List.of()), 0, 0);
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

    /** @param position in the order */
    void augment(int position, byte[] pixelsHwc, int widthPx, int heightPx) {
        int picture = order[position];
        List<Augmentation> changes = kind(position / batchSize).changes();
        if (!changes.isEmpty()) {
            var random = Seeds.random(seed, AUGMENTATION, epoch, picture, position);
            changes.forEach(a -> a.apply(pixelsHwc, widthPx, heightPx, random));
        }
    }

    /**
     * Mixes the pictures of a batch, if its kind asks for it.
     *
     * @param pixelsNhwc changed in place
     * @return null if they are left alone
     */
    HostBatch.@Nullable Mixed mix(int batch, ByteBuffer pixelsNhwc, int[][] labels, BatchFeeder.Frame frame) {
        List<Mixing> mixings = kind(batch).mixings();
        if (mixings.isEmpty()) {
            return null;
        }
        SplittableRandom random = Seeds.random(seed, MIXING, epoch, batch);
        Mixing chosen = mixings.get(random.nextInt(mixings.size()));
        double ownShare = chosen.apply(pixelsNhwc, labels.length, frame, random);
        int[][] others = new int[labels.length][];
        for (int i = 0; i < others.length; i++) {
            others[i] = labels[Mixing.partner(i, labels.length)];
        }
        return new HostBatch.Mixed(others, ownShare);
    }

    private AugmentationPlan.Kind kind(int batch) {
        return augmentations.kinds().get(batch % augmentations.kinds().size());
    }
}
