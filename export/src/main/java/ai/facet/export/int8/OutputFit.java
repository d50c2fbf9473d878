package ai.facet.export.int8;

import ai.djl.ndarray.types.DataType;
import ai.facet.cli.Progress;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Node;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fits the layers that make the outputs, which stay in floats, to the features that come through 8 bits: on the calibration's
 * pictures they are to give the outputs of the floats. Rounding moves features, and not at random: what a network that judges
 * sharpness or noise looks for is what rounding adds. This goes further than moving biases by their mean error (Nagel et al.,
 * "Data-Free Quantization Through Weight Equalization and Bias Correction", 2019), as errors that depend on the picture are
 * undone too, and costs nothing when the model runs.
 */
final class OutputFit {
    /** With fewer pictures nothing is fitted. */
    static final int LEAST_PICTURES = 20;

    private static final String FLOATS = "fit.floats.onnx";
    private static final String INTEGERS = "fit.integers.onnx";

    private final Graph floats;
    private final List<byte[]> pictures;
    private final List<Long> batchShape;

    /** @param imageShape height, width, 3 */
    OutputFit(Graph floats, List<byte[]> pictures, List<Long> imageShape) {
        this.floats = floats;
        this.pictures = List.copyOf(pictures);
        List<Long> shape = new ArrayList<>(imageShape);
        shape.add(0, 1L);
        this.batchShape = shape;
    }

    /**
     * What is to take the place of which constants of the float graph; nothing if there are too few pictures.
     *
     * @param layers of the float graph
     * @param quantised the quantised graph's outputs by name, and with {@code seen} its values by the float graph's
     * @param scratch a folder for files that are removed again
     */
    Map<Node, Node> run(List<LastLayer> layers, QuantizeRewriter seen, Graph quantised, Path scratch)
            throws IOException {
        if (pictures.size() < LEAST_PICTURES || layers.isEmpty()) {
            return Map.of();
        }
        Map<String, Node> targets = new LinkedHashMap<>();
        Map<String, Node> watched = new LinkedHashMap<>();
        for (LastLayer layer : layers) {
            targets.put(layer.output(), Objects.requireNonNull(floats.outputs().get(layer.output())));
            watched.put(
                    layer.output(), Objects.requireNonNull(quantised.outputs().get(layer.output())));
            watched.put(features(layer), seen.quantised(layer.node().input(0)));
        }
        Path floatFile = scratch.resolve(FLOATS);
        Path integerFile = scratch.resolve(INTEGERS);
        try {
            write(floatFile, new Graph(floats.input(), targets));
            write(integerFile, new Graph(floats.input(), watched));
            return fit(layers, floatFile, integerFile);
        } finally {
            Files.deleteIfExists(floatFile);
            Files.deleteIfExists(integerFile);
        }
    }

    private static String features(LastLayer layer) {
        return "features_of_" + layer.output();
    }

    private static void write(Path file, Graph graph) throws IOException {
        AtomicFiles.real().write(file, OnnxWriter.write(graph, "fit", Map.of()));
    }

    /** The integers are computed as the graph is written, in floats: no processor's shortcuts get into the fit. */
    private Map<Node, Node> fit(List<LastLayer> layers, Path floatFile, Path integerFile) throws IOException {
        double[][][] features = new double[layers.size()][pictures.size()][];
        double[][][] errors = new double[layers.size()][pictures.size()][];
        try (EngineRoad inFloats = EngineRoad.onnx(floatFile);
                EngineRoad inIntegers = EngineRoad.onnxAsWritten(integerFile);
                Progress progress = Progress.start("fitting the outputs", "pictures", pictures.size())) {
            for (int p = 0; p < pictures.size(); p++) {
                ImageBatch picture = new ImageBatch(pictures.get(p), DataType.UINT8, batchShape);
                Map<String, float[]> wanted = inFloats.run(picture);
                Map<String, float[]> found = inIntegers.run(picture);
                for (int i = 0; i < layers.size(); i++) {
                    LastLayer layer = layers.get(i);
                    features[i][p] = layer.features(value(found, features(layer)));
                    errors[i][p] = difference(value(wanted, layer.output()), value(found, layer.output()));
                }
                progress.step();
            }
        }
        Map<Node, Node> replacements = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            replacements.putAll(layers.get(i).corrected(RidgeFit.of(features[i], errors[i])));
        }
        return replacements;
    }

    private static float[] value(Map<String, float[]> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static double[] difference(float[] wanted, float[] found) {
        double[] difference = new double[wanted.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = (double) wanted[i] - found[i];
        }
        return difference;
    }
}
