package ai.facet.train.input;

import java.util.SplittableRandom;

/** The order of samples in an epoch: a shuffle that depends on the seed and the epoch alone. */
final class EpochOrder {
    private static final long PURPOSE = 1;

    private EpochOrder() {}

    /** Positions 0 to {@code samples - 1}, each once (Fisher and Yates). */
    static int[] shuffled(int samples, long seed, int epoch) {
        int[] order = inOrder(samples);
        SplittableRandom random = Seeds.random(seed, PURPOSE, epoch);
        shuffle(order, random);
        return order;
    }

    static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    static int[] inOrder(int samples) {
        int[] order = new int[samples];
        for (int i = 0; i < samples; i++) {
            order[i] = i;
        }
        return order;
    }
}
