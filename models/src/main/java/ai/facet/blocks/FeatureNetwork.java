package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any Block that computes features, with the preprocessing contract's normalisation before it and one linear layer for
 * each attribute after it. What has height and width is averaged over them first.
 *
 * <p>The features' Block gets float32 {@code [N, 3, H, W]} and gives {@code [N, C, h, w]} or {@code [N, C]}.
 */
public final class FeatureNetwork extends AbstractBlock {
    private static final int WITH_HEIGHT_AND_WIDTH = 4;

    private final Normalization normalization;
    private final Block features;
    private final List<Linear> heads = new ArrayList<>();
    private final AttributeSchema schema;

    /** A network without weights. */
    public FeatureNetwork(Block features, AttributeSchema schema, Preprocessing preprocessing) {
        this.schema = schema;
        normalization = addChildBlock("input", new Normalization(preprocessing));
        this.features = addChildBlock("features", features);
        for (Attribute attribute : schema.attributes()) {
            Linear head = Linear.builder().setUnits(attribute.classCount()).build();
            heads.add(addChildBlock("head." + attribute.id(), head));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList images = normalization.forward(store, inputs, training);
        NDArray computed = features.forward(store, images, training).singletonOrThrow();
        NDList pooled = new NDList(
                computed.getShape().dimension() == WITH_HEIGHT_AND_WIDTH
                        ? computed.getNDArrayInternal().globalAvgPool()
                        : computed); // [N, C]
        NDList logits = new NDList();
        for (int i = 0; i < heads.size(); i++) {
            NDArray output = heads.get(i).forward(store, pooled, training).singletonOrThrow();
            output.setName(schema.attributes().get(i).id());
            logits.add(output);
        }
        return logits;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return heads.stream()
                .map(head -> head.getOutputShapes(pooledShape(normalization.getOutputShapes(inputShapes)))[0])
                .toArray(Shape[]::new);
    }

    private Shape[] pooledShape(Shape[] images) {
        Shape computed = features.getOutputShapes(images)[0];
        return new Shape[] {new Shape(computed.get(0), computed.get(1))};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        normalization.initialize(manager, dataType, inputShapes);
        Shape[] images = normalization.getOutputShapes(inputShapes);
        features.initialize(manager, dataType, images);
        Shape[] pooled = pooledShape(images);
        heads.forEach(head -> head.initialize(manager, dataType, pooled));
    }
}
