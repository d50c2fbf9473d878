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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attribute's own part: features {@code [N, C, H, W] -> } logits {@code [N, classes]}. */
public final class LabelTower extends AbstractBlock {
    private final Chain layers;
    private final int classes;

    LabelTower(List<LayerSpec> specs, int inputChannels, int classes) {
        this.layers = addChildBlock("layers", LayerBlocks.tower(specs, inputChannels, classes));
        this.classes = classes;
    }

    /** Ends with {@code [N, classes, 1, 1]}. */
    Chain layers() {
        return layers;
    }

    /** Links before the class maps or the global mean; see {@link ai.facet.network.MapPlace}. */
    int linksOfMaps() {
        return layers.linksBefore(
                name -> name.startsWith(LayerBlocks.CLASSES) || name.startsWith(LayerBlocks.GLOBAL_MEAN));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        try (NDArray logits =
                layers.forward(store, inputs, training, params).singletonOrThrow()) { // [N, classes, 1, 1]
            return new NDList(logits.reshape(-1, classes));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        layers.initialize(manager, dataType, inputShapes);
    }
}
