package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.facet.network.LayerSpec;
import org.jspecify.annotations.Nullable;

/**
 * Residual unit, basic or with a bottleneck; see {@link LayerSpec.Residual} and {@link LayerSpec.ResidualBottleneck}.
 * {@code [N, C, H, W] -> [N, C', H', W']}.
 */
final class ResidualUnit extends AbstractBlock {
    private final Chain body;
    private final @Nullable Chain projection;

    private ResidualUnit(Chain body, int inputChannels, int channels, int stride) {
        this.body = addChildBlock("body", body);
        boolean changes = inputChannels != channels || stride != 1;
        projection = changes
                ? addChildBlock(
                        "projection",
                        new Chain()
                                .add("conv", LayerBlocks.convolution(channels, 1, stride, 0, 1, false))
                                .add("norm", new ChannelNorm()))
                : null;
    }

    static ResidualUnit of(LayerSpec.Residual spec, int inputChannels) {
        Chain body = new Chain()
                .add("conv1", LayerBlocks.convolution(spec.channels(), 3, spec.stride(), 1, 1, false))
                .add("norm1", new ChannelNorm())
                .add("relu1", new Relu())
                .add("conv2", LayerBlocks.convolution(spec.channels(), 3, 1, 1, 1, false))
                .add("norm2", new ChannelNorm());
        return new ResidualUnit(body, inputChannels, spec.channels(), spec.stride());
    }

    static ResidualUnit of(LayerSpec.ResidualBottleneck spec, int inputChannels) {
        Chain body = new Chain()
                .add("conv1", LayerBlocks.convolution(spec.width(), 1, 1, 0, 1, false))
                .add("norm1", new ChannelNorm())
                .add("relu1", new Relu())
                .add("conv2", LayerBlocks.convolution(spec.width(), 3, spec.stride(), 1, 1, false))
                .add("norm2", new ChannelNorm())
                .add("relu2", new Relu())
                .add("conv3", LayerBlocks.convolution(spec.channels(), 1, 1, 0, 1, false))
                .add("norm3", new ChannelNorm());
        return new ResidualUnit(body, inputChannels, spec.channels(), spec.stride());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList residual = body.forward(store, inputs, training, params);
        try (NDArray sum = sum(store, inputs, residual, training)) {
            return new NDList(sum.getNDArrayInternal().relu());
        }
    }

    private NDArray sum(ParameterStore store, NDList inputs, NDList residual, boolean training) {
        if (projection == null) {
            return Sums.closingLeft(residual.singletonOrThrow(), inputs.singletonOrThrow())
                    .singletonOrThrow();
        }
        try (NDArray shortcut = projection.forward(store, inputs, training).singletonOrThrow()) {
            return Sums.closingLeft(residual.singletonOrThrow(), shortcut).singletonOrThrow();
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
