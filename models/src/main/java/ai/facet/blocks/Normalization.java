package ai.facet.blocks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import ai.facet.preprocess.Preprocessing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code (x - mean) / std} of the preprocessing contract: uint8 {@code [N, H, W, 3] -> } float32 {@code [N, 3, H, W]}, the
 * transposition being a view, so the layout in memory stays channels last. Its constants come from the contract, not
 * from the weights.
 */
final class Normalization extends AbstractBlock {
    private static final Shape PER_CHANNEL = new Shape(1, 3, 1, 1);

    private final Parameter mean;
    private final Parameter std;

    Normalization(Preprocessing preprocessing) {
        mean = constant("mean", preprocessing.mean());
        std = constant("std", preprocessing.std());
    }

    private Parameter constant(String name, List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        Initializer fixed = (manager, shape, type) -> manager.create(floats, shape);
        Parameter parameter = addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optRequiresGrad(false)
                .optInitializer(fixed)
                .build());
        parameter.setShape(PER_CHANNEL);
        return parameter;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray images = inputs.singletonOrThrow(); // [N, H, W, 3] uint8
        Device device = images.getDevice();
        try (NDArray channelsFirst = images.transpose(0, 3, 1, 2);
                NDArray floats = channelsFirst.toType(DataType.FLOAT32, false);
                NDArray centred = floats.sub(store.getValue(mean, device, training))) {
            return new NDList(centred.div(store.getValue(std, device, training)));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape nhwc = inputShapes[0];
        return new Shape[] {new Shape(nhwc.get(0), nhwc.get(3), nhwc.get(1), nhwc.get(2))};
    }
}
