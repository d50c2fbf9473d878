package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * An exponential moving average of the weights and of the running statistics of batch normalisation. It begins at zero
 * and is divided by {@code 1 - decay^steps} where it is used, as Adam's means (Kingma and Ba, 2015), so early steps count
 * rightly. Lives in {@link OptimizerState}, so it is stored and restored with it. Engine thread only, gradients switched
 * off.
 */
final class WeightAverage {
    private static final NDIndex EVERYTHING = new NDIndex("...");
    private static final String WEIGHTS = "average";
    private static final String STATISTICS = "averageStatistics";

    private final double decay;
    private final FlatParameters weights;
    private final FlatParameters statistics;
    private final OptimizerState state;

    WeightAverage(double decay, FlatParameters weights, FlatParameters statistics, OptimizerState state) {
        this.decay = decay;
        this.weights = weights;
        this.statistics = statistics;
        this.state = state;
    }

    /** After each step. */
    void update() {
        mix(state.of(WEIGHTS, weights), weights.weights());
        mix(state.of(STATISTICS, statistics), statistics.weights());
    }

    private void mix(NDArray average, NDArray current) {
        try (NDArray part = current.mul(1 - decay)) {
            average.muli(decay).addi(part);
        }
    }

    /**
     * Puts the averages into the network until the result is closed, which puts back what was there, to the bit.
     *
     * @param steps updates so far, at least 1
     */
    ParameterUpdate.Averaged swapIn(long steps) {
        double share = 1 - Math.pow(decay, (double) steps);
        NDArray ownWeights = weights.weights().duplicate();
        NDArray ownStatistics = statistics.weights().duplicate();
        show(weights.weights(), state.of(WEIGHTS, weights), share);
        show(statistics.weights(), state.of(STATISTICS, statistics), share);
        return () -> {
            weights.weights().set(EVERYTHING, ownWeights);
            statistics.weights().set(EVERYTHING, ownStatistics);
            ownWeights.close();
            ownStatistics.close();
        };
    }

    private static void show(NDArray shown, NDArray average, double share) {
        try (NDArray value = average.div(share)) {
            shown.set(EVERYTHING, value);
        }
    }
}
