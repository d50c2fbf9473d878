package ai.facet.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Random;

/** Small Blocks with weights and statistics that make every step visible. */
public final class TestBlocks {
    private TestBlocks() {}

    /** Draws every parameter: weights around 0, gammas and variances around 1, so that no BatchNorm is trivial. */
    public static void randomise(Block block, NDManager manager, long seed, Shape... inputs) {
        block.initialize(manager, DataType.FLOAT32, inputs);
        Random random = new Random(seed);
        for (Parameter parameter : block.getParameters().values()) {
            if (parameter.getType() == Parameter.Type.OTHER) {
                continue; // the mean and std of normalisation are no weights
            }
            NDArray array = parameter.getArray();
            double centre = isScale(parameter) ? 1 : 0;
            double fanIn =
                    Math.max(1, array.size() / Math.max(1, array.getShape().get(0)));
            double spread = centre == 1 ? 0.3 : Math.sqrt(2 / fanIn) * (fanIn == 1 ? 0.2 : 1);
            float[] values = new float[(int) array.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (centre + spread * Math.max(-2, Math.min(2, random.nextGaussian())));
            }
            array.set(values);
        }
    }

    /** One channel's gamma of each batch norm. */
    public static void makeAFactorNegative(Block block) {
        for (Parameter parameter : block.getParameters().values()) {
            if (parameter.getType() == Parameter.Type.GAMMA) {
                float[] values = parameter.getArray().toFloatArray();
                values[values.length / 2] = -0.5f;
                parameter.getArray().set(values);
            }
        }
    }

    private static boolean isScale(Parameter parameter) {
        return parameter.getType() == Parameter.Type.GAMMA
                || parameter.getName().toLowerCase(java.util.Locale.ROOT).contains("var");
    }

    public static Block conv(int filters, int kernel, int stride, int padding) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .setFilters(filters)
                .build();
    }

    /** Residual unit with a projection, then pooling and two dense layers. */
    public static Block residual() {
        SequentialBlock path = new SequentialBlock()
                .add(conv(8, 3, 1, 1))
                .add(BatchNorm.builder().optEpsilon(2e-5f).build())
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.5f).build())
                .add(conv(8, 3, 1, 1))
                .add(BatchNorm.builder().build());
        ParallelBlock sum = new ParallelBlock(
                list -> new NDList(
                        NDArrays.add(list.get(0).singletonOrThrow(), list.get(1).singletonOrThrow())),
                List.of(path, conv(8, 1, 1, 0)));
        return new SequentialBlock()
                .add(sum)
                .add(BatchNorm.builder().build())
                .add(Activation::relu6)
                .add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)))
                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build())
                .add(Activation.leakyReluBlock(0.1f))
                .add(Linear.builder().setUnits(4).optBias(false).build());
    }

    /** Two outputs with names from a uint8 NHWC image, normalised inside. */
    public static Block twoHeads() {
        Block trunk = new SequentialBlock()
                .add(new LambdaBlock(TestBlocks::normalise, "normalise"))
                .add(conv(6, 3, 2, 1))
                .add(BatchNorm.builder().build())
                .add(Activation::relu);
        ParallelBlock heads = new ParallelBlock(
                list -> new NDList(
                        named(list.get(0).singletonOrThrow(), "colour"),
                        named(list.get(1).singletonOrThrow(), "shape")),
                List.of(head(3), head(2)));
        return new SequentialBlock().add(trunk).add(heads);
    }

    private static Block head(int classes) {
        return new SequentialBlock().add(conv(classes, 1, 1, 0)).add(Pool.globalAvgPool2dBlock());
    }

    private static NDArray named(NDArray array, String name) {
        array.setName(name);
        return array;
    }

    private static NDList normalise(NDList images) {
        NDArray image = images.singletonOrThrow();
        NDManager manager = image.getManager();
        NDArray mean = manager.create(new float[] {120, 110, 100}, new Shape(1, 3, 1, 1));
        NDArray std = manager.create(new float[] {60, 50, 70}, new Shape(1, 3, 1, 1));
        return new NDList(image.transpose(0, 3, 1, 2)
                .toType(DataType.FLOAT32, false)
                .sub(mean)
                .div(std));
    }
}
