package ai.facet.blocks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.facet.blocks.LayerBlocks.Built;
import ai.facet.network.StageSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part that all attributes share: {@code [N, 3, H, W] -> [N, C, H', W']}. */
public final class BaseTower extends AbstractBlock {
    private final Chain stages = addChildBlock("stages", new Chain());
    private final int channels;

    BaseTower(List<StageSpec> specs, int inputChannels) {
        int current = inputChannels;
        for (StageSpec spec : specs) {
            Built built = LayerBlocks.stage(spec.layers(), current);
            stages.add(spec.name(), built.chain());
            current = built.channels();
        }
        channels = current;
    }

    /** Channels of the output. */
    public int channels() {
        return channels;
    }

    /** One link for each stage. */
    Chain stages() {
        return stages;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        return stages.forward(store, inputs, training, params);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return stages.getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        stages.initialize(manager, dataType, inputShapes);
    }
}
