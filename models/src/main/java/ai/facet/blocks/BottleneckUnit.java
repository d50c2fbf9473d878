package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.facet.blocks.LayerBlocks.Geometry;
import ai.facet.network.LayerSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pre-activation bottleneck; see {@link LayerSpec.Bottleneck}. {@code [N, C, H, W] -> [N, C', H', W']}. */
final class BottleneckUnit extends AbstractBlock {
    private final boolean skip;
    private final Chain body;
    private final @Nullable Block projection;

    BottleneckUnit(LayerSpec.Bottleneck spec, int inputChannels) {
        skip = spec.skip();
        body = addChildBlock("body", body(spec, inputChannels));
        boolean changes = inputChannels != spec.channels() || spec.stride() != 1;
        projection = skip && changes
                ? addChildBlock("projection", LayerBlocks.convolution(spec.channels(), 1, spec.stride(), 0, 1, true))
                : null;
    }

    private static Chain body(LayerSpec.Bottleneck spec, int inputChannels) {
        Chain chain = new Chain();
        Map<String, Integer> names = new HashMap<>();
        int width = spec.width();
        LayerBlocks.normRelu(chain, names);
        LayerBlocks.addConvolution(chain, names, new Geometry(inputChannels, width, 1, 1, true), false, true);
        LayerBlocks.normRelu(chain, names);
        Geometry middle = new Geometry(width, width, 3, spec.stride(), true);
        LayerBlocks.addConvolution(chain, names, middle, spec.separable(), true);
        LayerBlocks.normRelu(chain, names);
        LayerBlocks.addConvolution(chain, names, new Geometry(width, spec.channels(), 1, 1, true), false, true);
        return chain;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList residual = body.forward(store, inputs, training, params);
        if (!skip) {
            return residual;
        }
        if (projection == null) {
            return Sums.closingLeft(residual.singletonOrThrow(), inputs.singletonOrThrow());
        }
        try (NDArray shortcut =
                projection.forward(store, inputs, training, params).singletonOrThrow()) {
            return Sums.closingLeft(residual.singletonOrThrow(), shortcut);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return body.getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        body.initialize(manager, dataType, inputShapes);
        if (projection != null) {
            projection.initialize(manager, dataType, inputShapes);
        }
    }
}
