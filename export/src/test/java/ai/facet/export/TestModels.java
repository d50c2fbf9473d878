package ai.facet.export;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.facet.blocks.NetworkBlocks;
import ai.facet.blocks.NetworkWeights;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.files.AtomicFiles;
import ai.facet.network.ConvolutionOrder;
import ai.facet.network.LayerSpec;
import ai.facet.network.NetworkSpec;
import ai.facet.network.StageSpec;
import ai.facet.preprocess.Fit;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A tiny network with every kind of layer, three attributes and weights from a seed. */
public final class TestModels {
    /** Of the attribute {@code shape}. */
    public static final double TEMPERATURE = 1.5;

    private static final int BEIGE = 0xE0D8C8;

    private TestModels() {}

    public static ModelDescription description(String name, NetworkSpec spec, int sidePx) {
        List<Attribute> attributes = List.of(
                new Attribute("colour", "Colour", List.of("red", "green", "blue")),
                new Attribute("shape", "Shape", List.of("round", "square")),
                new Attribute("size", "Size of it", List.of("small", "medium", "large", "huge")));
        Preprocessing preprocessing = new Preprocessing(
                sidePx, sidePx, Fit.LETTERBOX, BEIGE, List.of(120.0, 110.0, 100.0), List.of(60.0, 55.0, 70.0));
        return new ModelDescription(
                name,
                new AttributeSchema(attributes),
                preprocessing,
                spec,
                List.of(Calibration.NONE, new Calibration(TEMPERATURE, 0.6), new Calibration(0.8, 0)),
                Map.of("note", "random weights; the answers mean nothing"),
                "Apache-2.0");
    }

    public static NetworkSpec tinySpec() {
        List<LayerSpec> stem = List.of(normed(8, 3, 2), new LayerSpec.Dropout(0.1));
        List<LayerSpec> stage = List.of(
                new LayerSpec.Residual(8, 2),
                new LayerSpec.Bottleneck(4, 12, 1, true, true),
                new LayerSpec.MaxPool(2),
                new LayerSpec.NormRelu());
        List<LayerSpec> tower = List.of(
                new LayerSpec.Dropout(0.5),
                new LayerSpec.Convolution(8, 3, 1, false, ConvolutionOrder.NORM_RELU_CONV, true, false),
                new LayerSpec.Classes(),
                new LayerSpec.GlobalAveragePool());
        return new NetworkSpec("tiny", List.of(new StageSpec("stem", stem), new StageSpec("stage1", stage)), tower);
    }

    public static Block network(ModelDescription description, NDManager manager, long seed) {
        Block network = NetworkBlocks.create(description.network(), description.schema(), description.preprocessing());
        int sidePx = description.preprocessing().heightPx();
        TestBlocks.randomise(network, manager, seed, new Shape(1, sidePx, sidePx, 3));
        return network;
    }

    /** As training leaves it, without the optimizer. */
    public static Path writeCheckpoint(Path file, ModelDescription description, long seed) throws IOException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block network = network(description, manager, seed);
            Checkpoint.of(description, null, NetworkWeights.copy(network, Checkpoint.WEIGHTS))
                    .write(file, AtomicFiles.real());
            return file;
        }
    }

    private static LayerSpec normed(int channels, int kernel, int stride) {
        return new LayerSpec.Convolution(channels, kernel, stride, true, ConvolutionOrder.CONV_NORM_RELU, false, false);
    }
}
