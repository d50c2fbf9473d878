package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import ai.facet.network.NetworkSpec;
import ai.facet.network.NetworkSummary;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Base tower and one label tower for each attribute.
 *
 * <p>Input: one uint8 array {@code [N, H, W, 3]}, red first. Output: one float32 array {@code [N, classes]} of logits for
 * each attribute, in schema order, named by the attribute's id. Weights are initialised He-normal (He et al., 2015)
 * from the engine's random seed.
 *
 * <p>One thread at a time, as every DJL Block.
 */
public final class AttributeNetwork extends AbstractBlock {
    private static final int RGB = 3;
    /** He-normal: variance 2 / fan-in. */
    private static final float HE_MAGNITUDE = 2f;

    private final AttributeSchema schema;
    private final Preprocessing preprocessing;
    private final Normalization normalization;
    private final BaseTower base;
    private final List<LabelTower> towers = new ArrayList<>();

    /**
     * Builds the network without weights: call {@link #initialize(NDManager)} or load them.
     *
     * @throws IllegalArgumentException if the input size is too small for the network
     */
    public AttributeNetwork(NetworkSpec spec, AttributeSchema schema, Preprocessing preprocessing) {
        NetworkSummary.of(
                spec,
                preprocessing.heightPx(),
                preprocessing.widthPx(),
                schema.attributes().stream().map(Attribute::classCount).toList());
        this.schema = schema;
        this.preprocessing = preprocessing;
        normalization = addChildBlock("input", new Normalization(preprocessing));
        base = addChildBlock("base", new BaseTower(spec.base(), RGB));
        for (Attribute attribute : schema.attributes()) {
            LabelTower tower = new LabelTower(spec.tower(), base.channels(), attribute.classCount());
            towers.add(addChildBlock("tower." + attribute.id(), tower));
        }
        setInitializer(
                new XavierInitializer(
                        XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, HE_MAGNITUDE),
                Parameter.Type.WEIGHT);
    }

    public AttributeSchema schema() {
        return schema;
    }

    Normalization normalization() {
        return normalization;
    }

    BaseTower base() {
        return base;
    }

    LabelTower tower(int attribute) {
        return towers.get(attribute);
    }

    /** Fills the weights at random; see the class description. */
    public void initialize(NDManager manager) {
        initialize(manager, DataType.FLOAT32, new Shape(1, preprocessing.heightPx(), preprocessing.widthPx(), RGB));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList logits = new NDList();
        try (NDList features = features(store, inputs, training)) {
            for (int i = 0; i < towers.size(); i++) {
                NDArray output =
                        towers.get(i).forward(store, features, training).singletonOrThrow();
                output.setName(schema.attributes().get(i).id());
                logits.add(output);
            }
        }
        return logits;
    }

    private NDList features(ParameterStore store, NDList inputs, boolean training) {
        try (NDList images = normalization.forward(store, inputs, training)) {
            return base.forward(store, images, training);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] features = base.getOutputShapes(normalization.getOutputShapes(inputShapes));
        return towers.stream().map(tower -> tower.getOutputShapes(features)[0]).toArray(Shape[]::new);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        normalization.initialize(manager, dataType, inputShapes);
        Shape[] images = normalization.getOutputShapes(inputShapes);
        base.initialize(manager, dataType, images);
        Shape[] features = base.getOutputShapes(images);
        towers.forEach(tower -> tower.initialize(manager, dataType, features));
    }
}
