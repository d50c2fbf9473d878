package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.facet.blocks.ParameterPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A parameter that the loss can change; or, for averaging, running statistics, which only follow.
 *
 * @param path its name inside the network, stable from run to run
 * @param weights owned by the network, changed in place
 * @param decays whether weight decay may shrink it; biases and the scale of batch normalisation must not shrink
 * @param trained whether it has a gradient
 */
public record TrainableParameter(String path, NDArray weights, boolean decays, boolean trained) {
    /** One with a gradient. */
    public TrainableParameter(String path, NDArray weights, boolean decays) {
        this(path, weights, decays, true);
    }

    /**
     * The running means and variances of batch normalisation.
     *
     * @param skipped paths of those that never move
     */
    public static List<TrainableParameter> statistics(Block block, Predicate<String> skipped) {
        List<TrainableParameter> parameters = new ArrayList<>();
        ParameterPaths.of(block).forEach((path, parameter) -> {
            boolean moves = parameter.getType() == Parameter.Type.RUNNING_MEAN
                    || parameter.getType() == Parameter.Type.RUNNING_VAR;
            if (moves && !skipped.test(path)) {
                parameters.add(new TrainableParameter(path, parameter.getArray(), false, false));
            }
        });
        return parameters;
    }

    /** Every parameter of an initialised block that asks for a gradient, in the block's order. */
    public static List<TrainableParameter> of(Block block) {
        List<TrainableParameter> parameters = new ArrayList<>();
        ParameterPaths.of(block).forEach((path, parameter) -> {
            if (parameter.requiresGradient()) {
                boolean decays = parameter.getType() == Parameter.Type.WEIGHT;
                parameters.add(new TrainableParameter(path, parameter.getArray(), decays));
            }
        });
        return parameters;
    }
}
