package ai.facet.train.run;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.facet.blocks.FeatureNetwork;
import ai.facet.blocks.NetworkFactory;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.AttributeSchema;

/** A network as a user writes it: DJL's own Blocks. */
public final class StockFactory implements NetworkFactory {
    @Override
    public Block create(AttributeSchema schema, Preprocessing preprocessing) {
        SequentialBlock features = new SequentialBlock()
                .add(convolution(8))
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(convolution(16))
                .add(Activation.reluBlock());
        return new FeatureNetwork(features, schema, preprocessing);
    }

    private static Conv2d convolution(int filters) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optStride(new Shape(2, 2))
                .optPadding(new Shape(1, 1))
                .build();
    }
}
