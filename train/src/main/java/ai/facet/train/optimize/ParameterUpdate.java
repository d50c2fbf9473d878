package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the gradients of all parameters, shortens them together to a largest norm, applies an update rule and sets the
 * gradients back to zero. Nothing waits for the device. Engine thread only, gradients switched off.
 */
public final class ParameterUpdate {
    private static final float SMALLEST_NORM = 1e-6f; // PyTorch's clip_grad_norm_

    private final FlatParameters parameters;
    private final UpdateRule rule;
    private final double largestNorm;
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
        if (largestNorm > 0) {
            clip(gradients);
        }
        rule.update(parameters, gradients, learningRate, step);
        if (average != null) {
            average.update();
        }
    }

    /**
     * Keeps an exponential moving average of the weights from now on.
     *
     * @param decay per step; 0 keeps none
     * @param statistics averaged likewise
     * @param manager owns the copies
     */
    public ParameterUpdate averaging(double decay, List<TrainableParameter> statistics, NDManager manager) {
        if (decay > 0) {
            average = new WeightAverage(decay, parameters, FlatParameters.of(statistics, manager), rule.state());
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
