package ai.facet.network;

import ai.facet.network.LayerSpec.Bottleneck;
import ai.facet.network.LayerSpec.Classes;
import ai.facet.network.LayerSpec.Convolution;
import ai.facet.network.LayerSpec.Dropout;
import ai.facet.network.LayerSpec.GlobalAveragePool;
import ai.facet.network.LayerSpec.MaxPool;
import ai.facet.network.LayerSpec.NormRelu;
import ai.facet.network.LayerSpec.ResidualBottleneck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The seven networks that the original project compared. {@code bottleneck-skip}, its final one, is exact to the last
 * parameter; of the others only their kind, receptive field and size are known, and the rest is chosen here to fit.
 */
final class OriginalNetworks {
    private static final boolean SEPARABLE = true;
    private static final boolean SKIP = true;

    private OriginalNetworks() {}

    static List<NetworkSpec> all() {
        return List.of(
                resNet50Dense(),
                plain("conv-plain", false),
                plain("separable-plain", SEPARABLE),
                bottleneckPlain(),
                bottleneckSkipTowers(),
                bottleneckSkip("bottleneck-skip", false),
                bottleneckSkip("bottleneck-skip-separable", SEPARABLE));
    }

    /** The base of ResNet-50 (He et al., 2015); towers are dense layers on its mean features. */
    private static NetworkSpec resNet50Dense() {
        Convolution first = new Convolution(64, 7, 2, true, ConvolutionOrder.CONV_NORM_RELU, false, false);
        Convolution dense = new Convolution(128, 1, 1, true, ConvolutionOrder.CONV_RELU, true, false);
        return new NetworkSpec(
                "resnet50-dense",
                List.of(
                        new StageSpec("stem", List.of(first, new MaxPool(3, 2, true))),
                        new StageSpec("stage1", residuals(3, 64, 1)),
                        new StageSpec("stage2", residuals(4, 128, 2)),
                        new StageSpec("stage3", residuals(6, 256, 2)),
                        new StageSpec("stage4", residuals(3, 512, 2))),
                List.of(new GlobalAveragePool(), dense, new Dropout(0.5), new Classes()));
    }

    private static List<LayerSpec> residuals(int units, int width, int stride) {
        List<LayerSpec> layers = new ArrayList<>(List.of(new ResidualBottleneck(width, 4 * width, stride)));
        layers.addAll(Collections.nCopies(units - 1, new ResidualBottleneck(width, 4 * width, 1)));
        return layers;
    }

    /** Convolutions only; the base sees 58 px. */
    private static NetworkSpec plain(String name, boolean separable) {
        return new NetworkSpec(
                name,
                List.of(
                        new StageSpec("stem", List.of(normed(32), normed(64), new Dropout(0.05))),
                        new StageSpec("stage1", Collections.nCopies(3, preActivated(64, true, separable))),
                        new StageSpec("stage2", pooled(Collections.nCopies(3, preActivated(128, true, separable)))),
                        new StageSpec("stage3", pooled(Collections.nCopies(4, preActivated(256, true, separable)))),
                        new StageSpec("end", List.of(new NormRelu()))),
                shortTower(separable));
    }

    /** Bottlenecks without shortcuts; the base sees 46 px. */
    private static NetworkSpec bottleneckPlain() {
        return new NetworkSpec(
                "bottleneck-plain",
                List.of(
                        new StageSpec("stem", List.of(normed(32), normed(64), new Dropout(0.05))),
                        new StageSpec("stage1", Collections.nCopies(3, bottleneck(64, !SKIP, false))),
                        new StageSpec("stage2", pooled(Collections.nCopies(4, bottleneck(128, !SKIP, false)))),
                        new StageSpec("stage3", pooled(Collections.nCopies(2, bottleneck(256, !SKIP, false)))),
                        new StageSpec("end", List.of(new NormRelu()))),
                shortTower(false));
    }

    private static List<LayerSpec> shortTower(boolean separable) {
        return List.of(
                new Dropout(0.15),
                conv1x1(64),
                preActivated(128, true, separable),
                new Dropout(0.5),
                new Classes(),
                new GlobalAveragePool());
    }

    /** Shortcuts in the towers too: over 20 million parameters with eight attributes. */
    private static NetworkSpec bottleneckSkipTowers() {
        Bottleneck wide = new Bottleneck(256, 512, 1, SKIP, false);
        return new NetworkSpec(
                "bottleneck-skip-towers",
                bottleneckSkipBase(false),
                List.of(
                        new Dropout(0.15),
                        wide,
                        new MaxPool(2),
                        wide,
                        new Dropout(0.5),
                        new MaxPool(2),
                        wide,
                        new NormRelu(),
                        new Dropout(0.1),
                        new Classes(),
                        new GlobalAveragePool()));
    }

    /** Without separable convolutions the final network: 1.77 M parameters, 18.56 GMAC at 224x224, eight attributes. */
    private static NetworkSpec bottleneckSkip(String name, boolean separable) {
        return new NetworkSpec(
                name,
                bottleneckSkipBase(separable),
                List.of(
                        new Dropout(0.15),
                        conv1x1(32),
                        preActivated(64, false, separable),
                        new Dropout(0.5),
                        new MaxPool(2),
                        preActivated(128, false, separable),
                        new Dropout(0.1),
                        new MaxPool(2),
                        preActivated(32, false, separable),
                        new Dropout(0.1),
                        new Classes(),
                        new GlobalAveragePool()));
    }

    private static List<StageSpec> bottleneckSkipBase(boolean separable) {
        return List.of(
                new StageSpec("stem", List.of(normed(32), normed(64), new Dropout(0.05))),
                new StageSpec("stage1", Collections.nCopies(3, bottleneck(64, SKIP, separable))),
                new StageSpec("stage2", pooled(Collections.nCopies(3, bottleneck(128, SKIP, separable)))),
                new StageSpec("end", List.of(new NormRelu())));
    }

    private static List<LayerSpec> pooled(List<? extends LayerSpec> layers) {
        List<LayerSpec> all = new ArrayList<>(List.of(new MaxPool(2)));
        all.addAll(layers);
        return all;
    }

    private static Convolution normed(int channels) {
        return new Convolution(channels, 3, 1, true, ConvolutionOrder.CONV_NORM_RELU, true, false);
    }

    private static Convolution conv1x1(int channels) {
        return new Convolution(channels, 1, 1, true, ConvolutionOrder.CONV_RELU, true, false);
    }

    private static Convolution preActivated(int channels, boolean same, boolean separable) {
        return new Convolution(channels, 3, 1, same, ConvolutionOrder.NORM_RELU_CONV, true, separable);
    }

    private static Bottleneck bottleneck(int width, boolean skip, boolean separable) {
        return new Bottleneck(width, width, 1, skip, separable);
    }
}
