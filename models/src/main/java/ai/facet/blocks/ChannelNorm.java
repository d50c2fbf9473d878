package ai.facet.blocks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation over the channels of {@code [N, C, H, W]}, without the two axis swaps of DJL's block. In training
 * it uses the micro-batch's statistics and moves the running ones.
 */
final class ChannelNorm extends AbstractBlock {
    /** PyTorch's default. */
    private static final float EPSILON = 1e-5f;
    /** The part of the running statistics that a step keeps; PyTorch calls 1 - this its momentum, 0.1. */
    private static final float MOMENTUM = 0.9f;
    /** DJL's "no swap": channels already stand where PyTorch wants them. */
    private static final int CHANNELS_IN_PLACE = -1;

    private final Parameter gamma = parameter("gamma", Parameter.Type.GAMMA, true, Initializer.ONES);
    private final Parameter beta = parameter("beta", Parameter.Type.BETA, true, Initializer.ZEROS);
    private final Parameter runningMean =
            parameter("runningMean", Parameter.Type.RUNNING_MEAN, false, Initializer.ZEROS);
    private final Parameter runningVar = parameter("runningVar", Parameter.Type.RUNNING_VAR, false, Initializer.ONES);

    private boolean held;

    /** From now on it normalises with its running statistics, and keeps them, in training too. */
    void hold() {
        held = true;
    }

    private Parameter parameter(String name, Parameter.Type type, boolean gradient, Initializer initializer) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optRequiresGrad(gradient)
                .optInitializer(initializer)
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        Device device = x.getDevice();
        return x.getNDArrayInternal()
                .batchNorm(
                        x,
                        store.getValue(runningMean, device, training),
                        store.getValue(runningVar, device, training),
                        store.getValue(gamma, device, training),
                        store.getValue(beta, device, training),
                        CHANNELS_IN_PLACE,
                        MOMENTUM,
                        EPSILON,
                        training && !held);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }

    @Override
    public void prepare(Shape[] inputShapes) {
        Shape channels = new Shape(inputShapes[0].get(1));
        gamma.setShape(channels);
        beta.setShape(channels);
        runningMean.setShape(channels);
        runningVar.setShape(channels);
    }
}
