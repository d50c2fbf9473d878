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
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A Block of a {@link NetworkFactory}: checks its outputs, puts them into schema order and names them. */
final class UserNetwork extends AbstractBlock {
    private final String factory;
    private final Block network;
    private final AttributeSchema schema;

    UserNetwork(String factory, Block network, AttributeSchema schema) {
        this.factory = factory;
        this.schema = schema;
        this.network = addChildBlock("network", network);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList outputs = network.forward(store, inputs, training);
        long batch = inputs.singletonOrThrow().getShape().get(0);
        NDList logits = new NDList();
        for (int i = 0; i < schema.size(); i++) {
            Attribute attribute = schema.attributes().get(i);
            NDArray output = output(outputs, attribute, i);
            Shape expected = new Shape(batch, attribute.classCount());
            if (output == null || !output.getShape().equals(expected) || output.getDataType() != DataType.FLOAT32) {
                throw new IllegalArgumentException(factory + ": output " + attribute.id() + " is "
                        + (output == null ? "missing" : output.getDataType() + " " + output.getShape())
                        + "; expected float32 " + expected + ". The outputs are " + shapes(outputs));
            }
            output.setName(attribute.id());
            logits.add(output);
        }
        return logits;
    }

    /** By name; by place if the Block names nothing. */
    private @Nullable NDArray output(NDList outputs, Attribute attribute, int index) {
        boolean named = outputs.stream().anyMatch(o -> o.getName() != null);
        if (named) {
            return outputs.get(attribute.id());
        }
        return outputs.size() == schema.size() ? outputs.get(index) : null;
    }

    private static String shapes(NDList outputs) {
        return Arrays.toString(outputs.stream()
                .map(o -> (o.getName() == null ? "" : o.getName() + " ") + o.getShape())
                .toArray());
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return network.getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        network.initialize(manager, dataType, inputShapes);
    }
}
