package ai.facet.train.bench;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.facet.network.ConvolutionOrder;
import ai.facet.network.LayerSpec;
import ai.facet.network.NetworkSpec;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.List;

/** A network specification in DJL's stock blocks, as its documentation teaches: {@code [N, 3, H, W]} floats in. */
final class StockNetwork {
    private StockNetwork() {}

    static Block of(NetworkSpec spec, AttributeSchema schema) {
        SequentialBlock all = new SequentialBlock();
        int channels = 3;
        for (var stage : spec.base()) {
            channels = add(all, stage.layers(), channels, 0);
        }
        ParallelBlock towers = new ParallelBlock(StockNetwork::flatten);
        for (Attribute attribute : schema.attributes()) {
            SequentialBlock tower = new SequentialBlock();
            add(tower, spec.tower(), channels, attribute.classCount());
            towers.add(tower.add(Blocks.batchFlattenBlock()));
        }
        return all.add(towers);
    }

    private static NDList flatten(List<NDList> outputs) {
        NDList all = new NDList();
        outputs.forEach(all::addAll);
        return all;
    }

    private static int add(SequentialBlock to, List<LayerSpec> layers, int channelsIn, int classes) {
        int channels = channelsIn;
        for (LayerSpec layer : layers) {
            channels = add(to, layer, channels, classes);
        }
        return channels;
    }

    private static int add(SequentialBlock to, LayerSpec layer, int channels, int classes) {
        if (layer instanceof LayerSpec.Convolution c) {
            convolution(to, c, channels);
            return c.channels();
        } else if (layer instanceof LayerSpec.Bottleneck b) {
            bottleneck(to, b, channels);
            return b.channels();
        } else if (layer instanceof LayerSpec.Residual r) {
            residual(to, r, channels);
            return r.channels();
        } else if (layer instanceof LayerSpec.ResidualBottleneck r) {
            residualBottleneck(to, r, channels);
            return r.channels();
        } else if (layer instanceof LayerSpec.MaxPool p) {
            to.add(Pool.maxPool2dBlock(
                    new Shape(p.size(), p.size()),
                    new Shape(p.stride(), p.stride()),
                    new Shape(p.padding(), p.padding())));
        } else if (layer instanceof LayerSpec.NormRelu) {
            normRelu(to);
        } else if (layer instanceof LayerSpec.Dropout d) {
            to.add(Dropout.builder().optRate((float) d.rate()).build());
        } else if (layer instanceof LayerSpec.GlobalAveragePool) {
            to.add(Pool.globalAvgPool2dBlock());
            to.add(LambdaBlock.singleton(
                    x -> x.reshape(x.getShape().get(0), x.getShape().get(1), 1, 1)));
        } else if (layer instanceof LayerSpec.Classes) {
            to.add(conv(classes, 1, 1, 0, 1, true));
            return classes;
        }
        return channels;
    }

    private static void convolution(SequentialBlock to, LayerSpec.Convolution c, int channels) {
        if (c.order() == ConvolutionOrder.NORM_RELU_CONV) {
            normRelu(to);
        }
        int padding = c.same() ? (c.kernel() - 1) / 2 : 0;
        if (c.separable()) {
            to.add(conv(channels, c.kernel(), c.stride(), padding, channels, false));
            to.add(conv(c.channels(), 1, 1, 0, 1, c.bias()));
        } else {
            to.add(conv(c.channels(), c.kernel(), c.stride(), padding, 1, c.bias()));
        }
        if (c.order() == ConvolutionOrder.CONV_NORM_RELU) {
            normRelu(to);
        } else if (c.order() == ConvolutionOrder.CONV_RELU) {
            to.add(Activation.reluBlock());
        }
    }

    private static void bottleneck(SequentialBlock to, LayerSpec.Bottleneck b, int channels) {
        SequentialBlock body = new SequentialBlock();
        convolution(
                body,
                new LayerSpec.Convolution(b.width(), 1, 1, true, ConvolutionOrder.NORM_RELU_CONV, true, false),
                channels);
        convolution(
                body,
                new LayerSpec.Convolution(
                        b.width(), 3, b.stride(), true, ConvolutionOrder.NORM_RELU_CONV, true, b.separable()),
                b.width());
        convolution(
                body,
                new LayerSpec.Convolution(b.channels(), 1, 1, true, ConvolutionOrder.NORM_RELU_CONV, true, false),
                b.width());
        if (!b.skip()) {
            to.add(body);
            return;
        }
        boolean changes = channels != b.channels() || b.stride() != 1;
        sum(to, body, changes ? conv(b.channels(), 1, b.stride(), 0, 1, true) : Blocks.identityBlock());
    }

    private static void residual(SequentialBlock to, LayerSpec.Residual r, int channels) {
        SequentialBlock body = new SequentialBlock().add(conv(r.channels(), 3, r.stride(), 1, 1, false));
        normRelu(body);
        body.add(conv(r.channels(), 3, 1, 1, 1, false)).add(BatchNorm.builder().build());
        sum(to, body, shortcut(channels, r.channels(), r.stride()));
        to.add(Activation.reluBlock());
    }

    private static void residualBottleneck(SequentialBlock to, LayerSpec.ResidualBottleneck r, int channels) {
        SequentialBlock body = new SequentialBlock().add(conv(r.width(), 1, 1, 0, 1, false));
        normRelu(body);
        body.add(conv(r.width(), 3, r.stride(), 1, 1, false));
        normRelu(body);
        body.add(conv(r.channels(), 1, 1, 0, 1, false)).add(BatchNorm.builder().build());
        sum(to, body, shortcut(channels, r.channels(), r.stride()));
        to.add(Activation.reluBlock());
    }

    private static Block shortcut(int channels, int wanted, int stride) {
        return channels == wanted && stride == 1
                ? Blocks.identityBlock()
                : new SequentialBlock()
                        .add(conv(wanted, 1, stride, 0, 1, false))
                        .add(BatchNorm.builder().build());
    }

    private static void sum(SequentialBlock to, Block body, Block shortcut) {
        to.add(new ParallelBlock(
                outputs -> new NDList(
                        outputs.get(0).singletonOrThrow().add(outputs.get(1).singletonOrThrow())),
                List.of(body, shortcut)));
    }

    private static void normRelu(SequentialBlock to) {
        to.add(BatchNorm.builder().build()).add(Activation.reluBlock());
    }

    private static Conv2d conv(int channels, int kernel, int stride, int padding, int groups, boolean bias) {
        return Conv2d.builder()
                .setFilters(channels)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optGroups(groups)
                .optBias(bias)
                .build();
    }
}
