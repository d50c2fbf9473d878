package ai.facet.train.memory;

import ai.facet.network.NetworkSummary;
import ai.facet.train.config.OptimizerConfig;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The micro-batches that a batch can be divided into, by the memory that they need. */
public final class MicroBatches {
    /** Of the memory that is free, so much may be planned with: the estimate is not exact, and others live here too. */
    public static final double USABLE_SHARE = 0.8;

    private static final int SMALLEST = 2;

    private MicroBatches() {}

    /** Divisors of the batch size from 2 on, the largest first. */
    public static List<Integer> of(int batchSize) {
        return IntStream.iterate(batchSize, n -> n >= SMALLEST, n -> n - 1)
                .filter(n -> batchSize % n == 0)
                .boxed()
                .toList();
    }

    /** The largest whose estimate fits; empty if none does. */
    public static OptionalInt largest(
            NetworkSummary network, OptimizerConfig optimizer, int batchSize, long availableBytes) {
        return of(batchSize).stream()
                .mapToInt(n -> n)
                .filter(n -> fits(MemoryEstimate.of(network, optimizer, n), availableBytes))
                .findFirst();
    }

    /** @param availableBytes with what the process holds already */
    public static boolean fits(MemoryEstimate estimate, long availableBytes) {
        return estimate.totalBytes() <= USABLE_SHARE * availableBytes;
    }
}
