package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the gradients of all parameters, shortens them together to a largest norm, and applies an update rule. The
 * network has no gradients afterwards. With several devices it sums their gradients first and gives them the weights afterwards. On one
 * device nothing waits for it. Engine thread only, gradients switched off.
 */
public final class ParameterUpdate {
    private static final float SMALLEST_NORM = 1e-6f; // PyTorch's clip_grad_norm_

    private final FlatParameters parameters;
    private final UpdateRule rule;
    private final double largestNorm;
    private List<Mirror> mirrors = List.of();
    private @Nullable FlatParameters statistics;
    private @Nullable WeightAverage average;

    /** The network computes with the averages until this is closed. */
    @FunctionalInterface
    public interface Averaged extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * An update of these parameters, whose arrays become views of one long array.
     *
     * @param largestNorm of all gradients as one vector; 0 leaves them as they are
     * @param manager owns the long array
     */
    public ParameterUpdate(
            List<TrainableParameter> parameters, UpdateRule rule, double largestNorm, NDManager manager) {
        this.parameters = FlatParameters.of(parameters, manager);
        this.rule = rule;
        this.largestNorm = largestNorm;
    }

    /** One step, counted from 0; temporaries go to the given manager. */
    public void apply(NDManager batchManager, double learningRate, long step) {
        NDArray gradients = parameters.takeGradients(batchManager);
        mirrors.forEach(mirror -> mirror.addGradientsTo(gradients));
        if (largestNorm > 0) {
            clip(gradients);
        }
        rule.update(parameters, gradients, learningRate, step);
        FlatParameters moving = statistics;
        if (moving != null && !mirrors.isEmpty()) {
            Mirror.meanOfStatistics(moving, mirrors);
        }
        if (average != null) {
            average.update();
        }
        if (moving != null) {
            mirrors.forEach(mirror -> mirror.follow(parameters, moving));
        }
    }

    /**
     * Sums the gradients of copies of the network on other devices into its own from now on, in the order of the list, and
     * gives them its weights after each step, and the mean of all running statistics.
     *
     * @param moving the network's running statistics
     * @param manager owns the copies of these
     */
    public ParameterUpdate mirrored(List<Mirror> copies, List<TrainableParameter> moving, NDManager manager) {
        if (!copies.isEmpty()) {
            mirrors = List.copyOf(copies);
            statistics = flat(moving, manager);
        }
        return this;
    }

    /** Once for averages and mirrors: each time moves the network's arrays into another long one. */
    private FlatParameters flat(List<TrainableParameter> moving, NDManager manager) {
        return statistics != null ? statistics : FlatParameters.of(moving, manager);
    }

    /**
     * Keeps an exponential moving average of the weights from now on.
     *
     * @param decay per step; 0 keeps none
     * @param moving the network's running statistics, averaged likewise
     * @param manager owns the copies
     */
    public ParameterUpdate averaging(double decay, List<TrainableParameter> moving, NDManager manager) {
        if (decay > 0) {
            statistics = flat(moving, manager);
            average = new WeightAverage(decay, parameters, statistics, rule.state());
        }
        return this;
    }

    /**
     * Lets the network compute with the averages, if there are any, until the result is closed.
     *
     * @param steps updates so far
     */
    public Averaged averaged(long steps) {
        return average == null || steps == 0 ? () -> {} : average.swapIn(steps);
    }

    public OptimizerState state() {
        return rule.state();
    }

    private void clip(NDArray gradients) {
        try (NDArray squares = gradients.mul(gradients);
                NDArray sum = squares.sum();
                NDArray norm = sum.sqrt();
                NDArray inverse = norm.addi(SMALLEST_NORM).pow(-1);
                NDArray scale = inverse.muli(largestNorm).minimum(1f)) {
            gradients.muli(scale);
        }
    }
}
