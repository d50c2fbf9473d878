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
import java.util.function.BiConsumer;

/**
 * Runs pictures through the float graph on ONNX Runtime and watches tensors: once for the smallest and largest values,
 * once more for their distribution. One picture at a time, because all watched tensors are in memory at once.
 */
final class RangeCalibrator {
    private static final String FILE = "calibration.onnx";
    private static final int PASSES = 2;

    private final List<Node> tensors;
    private final List<byte[]> pictures;
    private final List<Long> imageShape;

    /**
     * A calibration.
     *
     * @param tensors to watch
     * @param pictures pixels in the network's input size, at least one
     */
    RangeCalibrator(List<Node> tensors, List<byte[]> pictures, List<Long> imageShape) {
        this.tensors = List.copyOf(tensors);
        this.pictures = List.copyOf(pictures);
        List<Long> shape = new ArrayList<>(imageShape);
        shape.add(0, 1L);
        this.imageShape = shape;
    }

    /**
     * The range of each tensor.
     *
     * @param scratch a folder for a file that is removed again
     */
    Map<Node, Range> run(Node input, RangeMethod method, Path scratch) throws IOException {
        Path file = scratch.resolve(FILE);
        AtomicFiles.real().write(file, OnnxWriter.write(watched(input), "calibration", Map.of()));
        try (EngineRoad road = EngineRoad.onnx(file);
                Progress progress = Progress.start("calibrating", "runs", (long) PASSES * pictures.size())) {
            double[][] extremes = new double[tensors.size()][2];
            each(road, progress, (index, values) -> widen(extremes[index], values));
            List<Histogram> histograms = new ArrayList<>();
            for (double[] extreme : extremes) {
                histograms.add(new Histogram(new Range(extreme[0], extreme[1])));
            }
            if (method != RangeMethod.MIN_MAX) {
                each(road, progress, (index, values) -> histograms.get(index).add(values));
            }
            Map<Node, Range> ranges = new HashMap<>();
            for (int i = 0; i < tensors.size(); i++) {
                ranges.put(tensors.get(i), method.choose(histograms.get(i)));
            }
            return ranges;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Graph watched(Node input) {
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < tensors.size(); i++) {
            outputs.put(name(i), tensors.get(i));
        }
        return new Graph(input, outputs);
    }

    private static String name(int index) {
        return "watched" + index;
    }

    private void each(EngineRoad road, Progress progress, BiConsumer<Integer, float[]> use) {
        for (byte[] picture : pictures) {
            Map<String, float[]> values = road.run(new ImageBatch(picture, DataType.UINT8, imageShape));
            for (int i = 0; i < tensors.size(); i++) {
                use.accept(i, Objects.requireNonNull(values.get(name(i)), name(i)));
            }
            progress.step();
        }
    }

    private static void widen(double[] extremes, float[] values) {
        for (float value : values) {
            // NaN passes both comparisons: it would be lost
            if (!(value >= extremes[0])) {
                extremes[0] = value;
            }
            if (!(value <= extremes[1])) {
                extremes[1] = value;
            }
        }
    }
}
