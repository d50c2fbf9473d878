package ai.facet.blocks;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.facet.network.ConvolutionOrder;
import ai.facet.network.LayerSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the Blocks of a list of layers, keeping count of channels and of names. For one list. */
final class LayerBlocks {
    /** Names of links, before their number. */
    static final String CLASSES = "classes";

    static final String GLOBAL_MEAN = "mean";

    private static final int TOWER_OUTPUT = -1;

    private final Chain chain = new Chain();
    private final Map<String, Integer> names = new HashMap<>();
    private final int classes;
    private int channels;

    private LayerBlocks(int channels, int classes) {
        this.channels = channels;
        this.classes = classes;
    }

    /** A stage of the base tower. */
    static Built stage(List<LayerSpec> layers, int channels) {
        return build(layers, channels, TOWER_OUTPUT);
    }

    /** A label tower with an output of {@code [N, classes, 1, 1]}. */
    static Chain tower(List<LayerSpec> layers, int channels, int classes) {
        return build(layers, channels, classes).chain();
    }

    /** A chain and the channels that it gives. */
    record Built(Chain chain, int channels) {}

    private static Built build(List<LayerSpec> layers, int channels, int classes) {
        LayerBlocks blocks = new LayerBlocks(channels, classes);
        layers.forEach(blocks::add);
        return new Built(blocks.chain, blocks.channels);
    }

    private void add(LayerSpec layer) {
        if (layer instanceof LayerSpec.Convolution c) {
            convolution(c);
        } else if (layer instanceof LayerSpec.Bottleneck b) {
            named("unit", new BottleneckUnit(b, channels));
            channels = b.channels();
        } else if (layer instanceof LayerSpec.Residual r) {
            named("unit", ResidualUnit.of(r, channels));
            channels = r.channels();
        } else if (layer instanceof LayerSpec.ResidualBottleneck r) {
            named("unit", ResidualUnit.of(r, channels));
            channels = r.channels();
        } else if (layer instanceof LayerSpec.MaxPool p) {
            named(
                    "pool",
                    Pool.maxPool2dBlock(
                            new Shape(p.size(), p.size()),
                            new Shape(p.stride(), p.stride()),
                            new Shape(p.padding(), p.padding())));
        } else if (layer instanceof LayerSpec.NormRelu) {
            normRelu(chain, names);
        } else if (layer instanceof LayerSpec.Dropout d) {
            named("dropout", Dropout.builder().optRate((float) d.rate()).build());
        } else if (layer instanceof LayerSpec.GlobalAveragePool) {
            named(GLOBAL_MEAN, new GlobalPool());
        } else if (layer instanceof LayerSpec.Classes) {
            named(CLASSES, convolution(classes, 1, 1, 0, 1, true));
            channels = classes;
        }
    }

    private void convolution(LayerSpec.Convolution c) {
        if (c.order() == ConvolutionOrder.NORM_RELU_CONV) {
            normRelu(chain, names);
        }
        addConvolution(chain, names, new Geometry(channels, c.channels(), c.kernel(), c.stride(), c.same()), c);
        channels = c.channels();
        if (c.order() == ConvolutionOrder.CONV_NORM_RELU) {
            normRelu(chain, names);
        } else if (c.order() == ConvolutionOrder.CONV_RELU) {
            named("relu", new Relu());
        }
    }

    /** Channels in and out, kernel, stride, and whether the borders are padded with zeros. */
    record Geometry(int in, int out, int kernel, int stride, boolean same) {
        int padding() {
            return same ? (kernel - 1) / 2 : 0;
        }
    }

    private static void addConvolution(Chain chain, Map<String, Integer> names, Geometry g, LayerSpec.Convolution c) {
        addConvolution(chain, names, g, c.separable(), c.bias());
    }

    static void addConvolution(Chain chain, Map<String, Integer> names, Geometry g, boolean separable, boolean bias) {
        if (separable) {
            chain.add(
                    next(names, "depthwise"), convolution(g.in(), g.kernel(), g.stride(), g.padding(), g.in(), false));
            chain.add(next(names, "conv"), convolution(g.out(), 1, 1, 0, 1, bias));
        } else {
            chain.add(next(names, "conv"), convolution(g.out(), g.kernel(), g.stride(), g.padding(), 1, bias));
        }
    }

    static void normRelu(Chain chain, Map<String, Integer> names) {
        chain.add(next(names, "norm"), new ChannelNorm());
        chain.add(next(names, "relu"), new Relu());
    }

    static Conv2d convolution(int channels, int kernel, int stride, int padding, int groups, boolean bias) {
        return Conv2d.builder()
                .setFilters(channels)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optGroups(groups)
                .optBias(bias)
                .build();
    }

    /** {@code conv1}, {@code conv2}, ... in the order of use. */
    static String next(Map<String, Integer> names, String kind) {
        return kind + names.merge(kind, 1, Integer::sum);
    }

    private void named(String kind, Block block) {
        chain.add(next(names, kind), block);
    }
}
