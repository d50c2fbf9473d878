package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.facet.description.ModelDescription;
import ai.facet.export.TestModels;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.GlobalAveragePool;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.Linear;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import ai.facet.export.graph.Unary;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.passes.Heads;
import ai.facet.export.passes.Passes;
import ai.facet.export.trace.BlockTracer;
import ai.facet.network.Presets;
import ai.facet.prediction.Int8Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFitTest {
    private static final int SIDE_PX = 48;
    private static final List<Long> IMAGE = List.of((long) SIDE_PX, (long) SIDE_PX, 3L);
    private static final List<Long> BATCH = List.of(1L, (long) SIDE_PX, (long) SIDE_PX, 3L);
    private static final int PICTURES = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"facet-s", "bottleneck-skip"})
    void otherPicturesComeCloserToTheFloats(String preset) throws IOException {
        Graph floats = prepared(preset);
        QuantizationPlan plan = QuantizationPlan.of(floats);
        List<byte[]> seen = drawn(0, PICTURES);
        Map<Node, Range> ranges =
                new RangeCalibrator(plan.measured(), seen, IMAGE).run(floats.input(), RangeMethod.PERCENTILE, folder);
        QuantizeRewriter rewriter = new QuantizeRewriter(plan, ranges, 7);
        Graph plain = rewriter.rewrite();

        Map<Node, Node> fit = new OutputFit(floats, seen, IMAGE).run(LastLayer.of(floats), rewriter, plain, folder);
        Graph fitted = new QuantizeRewriter(plan, ranges, 7, fit).rewrite();

        assertThat(fit).hasSize(2 * 3); // weight and bias of three attributes
        List<byte[]> others = drawn(1000, PICTURES);
        assertThat(error(fitted, floats, others)).isLessThan(0.85 * error(plain, floats, others));
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void fewPicturesFitNothing() throws IOException {
        Graph floats = prepared("facet-s");
        QuantizationPlan plan = QuantizationPlan.of(floats);
        List<byte[]> few = drawn(0, OutputFit.LEAST_PICTURES - 1);
        Map<Node, Range> ranges =
                new RangeCalibrator(plan.measured(), few, IMAGE).run(floats.input(), RangeMethod.MIN_MAX, folder);
        QuantizeRewriter rewriter = new QuantizeRewriter(plan, ranges, 8);
        Graph plain = rewriter.rewrite();

        assertThat(new OutputFit(floats, few, IMAGE).run(LastLayer.of(floats), rewriter, plain, folder))
                .isEmpty();
    }

    /** Only what is a linear map of averaged features is a layer that can be fitted. */
    @Test
    void whatIsNoLinearMapOfFeaturesIsLeftAlone() {
        Node input = value(new Input("x"), List.of(), Node.BATCH, 4L, 5L, 5L);
        Node pointwise = convolution(input, 1);
        Node pooled = value(new GlobalAveragePool(2), List.of(pointwise), Node.BATCH, 2L);
        Node wide = value(new GlobalAveragePool(2), List.of(convolution(input, 3)), Node.BATCH, 2L);
        Node cut = value(
                new GlobalAveragePool(2),
                List.of(value(new Unary(Unary.Kind.RELU), List.of(convolution(input, 1)), Node.BATCH, 2L, 5L, 5L)),
                Node.BATCH,
                2L);
        Node vector = value(new GlobalAveragePool(2), List.of(input), Node.BATCH, 4L);
        Node linear = value(new Linear(), List.of(vector, constant("w", 2, 4), constant("b", 2)), Node.BATCH, 2L);
        Node withoutBias = value(new Linear(), List.of(vector, constant("w", 2, 4)), Node.BATCH, 2L);

        List<LastLayer> layers = LastLayer.of(new Graph(
                input,
                Map.of("a", pooled, "wide", wide, "cut", cut, "l", linear, "map", pointwise, "none", withoutBias)));

        assertThat(layers).containsExactlyInAnyOrder(new LastLayer("a", pointwise), new LastLayer("l", linear));
        assertThat(layers.get(0).features(new float[] {1, 3, 0, 0, 5, 5, 2, 4})).containsExactly(2, 0, 5, 3);
    }

    private static Node convolution(Node input, long kernel) {
        List<Long> ones = List.of(1L, 1L);
        long same = kernel / 2;
        return value(
                new Convolution(ones, List.of(same, same), ones, 1),
                List.of(input, constant("w" + kernel, 2, 4, kernel, kernel), constant("b", 2)),
                Node.BATCH,
                2L,
                5L,
                5L);
    }

    private static Node constant(String name, long... shape) {
        List<Long> axes = LongStream.of(shape).boxed().toList();
        return Node.constant(new Tensor(
                name, axes, new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)]));
    }

    private static Node value(ai.facet.export.graph.Op op, List<Node> inputs, Long... shape) {
        return new Node(op, inputs, List.of(shape), ElementType.FLOAT32);
    }

    private static Graph prepared(String preset) {
        ModelDescription description = TestModels.description(preset, Presets.byName(preset), SIDE_PX);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return Passes.forIntegers(Heads.add(
                    Passes.forInference(BlockTracer.trace(
                            TestModels.network(description, manager, 4), DataType.UINT8, SIDE_PX, SIDE_PX, 3)),
                    description));
        }
    }

    private static List<byte[]> drawn(long seed, int pictures) {
        return LongStream.range(seed, seed + pictures)
                .mapToObj(s -> Int8Check.pixels(s, SIDE_PX, SIDE_PX))
                .toList();
    }

    /** Of the logits: the mean squared difference. */
    private double error(Graph graph, Graph floats, List<byte[]> pictures) throws IOException {
        Path one = Files.write(folder.resolve("one.onnx"), OnnxWriter.write(graph, "one", Map.of()));
        Path two = Files.write(folder.resolve("two.onnx"), OnnxWriter.write(floats, "two", Map.of()));
        double sum = 0;
        try (EngineRoad found = EngineRoad.onnxAsWritten(one);
                EngineRoad wanted = EngineRoad.onnx(two)) {
            for (byte[] picture : pictures) {
                ImageBatch batch = new ImageBatch(picture, DataType.UINT8, BATCH);
                Map<String, float[]> logits = found.run(batch);
                for (Map.Entry<String, float[]> each : wanted.run(batch).entrySet()) {
                    float[] other = Objects.requireNonNull(logits.get(each.getKey()));
                    for (int i = 0; i < other.length && each.getKey().endsWith("_logits"); i++) {
                        sum += Math.pow(other[i] - each.getValue()[i], 2);
                    }
                }
            }
        }
        Files.delete(one);
        Files.delete(two);
        return sum;
    }
}
