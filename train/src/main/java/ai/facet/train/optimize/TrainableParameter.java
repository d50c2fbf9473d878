package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.facet.blocks.ParameterPaths;
import java.util.ArrayList;
import java.util.List;

/**
 * A parameter that the loss can change.
 *
 * @param path its name inside the network, stable from run to run
 * @param weights owned by the network, changed in place
 * @param decays whether weight decay may shrink it; biases and the scale of batch normalisation must not shrink
 */
public record TrainableParameter(String path, NDArray weights, boolean decays) {
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
