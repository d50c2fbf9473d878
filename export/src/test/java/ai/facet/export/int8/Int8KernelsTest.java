package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.facet.description.ModelDescription;
import ai.facet.export.TestModels;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import ai.facet.export.graph.Unary;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.passes.Heads;
import ai.facet.export.passes.Passes;
import ai.facet.export.trace.BlockTracer;
import ai.facet.network.Presets;
import ai.facet.process.Processor;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime makes of quantised graphs: its int8 kernels, with the numbers that integer arithmetic gives. */
class Int8KernelsTest {
    private static final int SIDE_PX = 48;
    private static final long CHANNELS = 4;
    private static final long WIDTH = 6;

    @TempDir
    Path folder;

    /** 7 everywhere; 8 where no sum of two products overflows, that is with VNNI or on ARM. */
    static IntStream exactBits() throws IOException {
        String processor = Processor.describe();
        boolean exact = Stream.of("vnni", "asimd").anyMatch(processor::contains);
        return exact ? IntStream.of(7, 8) : IntStream.of(7);
    }

    /** A 3x3 convolution with padding and a ReLU, in plain Java integers. */
    @ParameterizedTest
    @MethodSource("exactBits")
    void aConvolutionIsWhatIntegerArithmeticSays(int bits) throws Exception {
        Random random = new Random(12);
        float[] image = gaussian(random, (int) (CHANNELS * WIDTH * WIDTH));
        Tensor weight = new Tensor("w", List.of(5L, CHANNELS, 3L, 3L), gaussian(random, (int) (5 * CHANNELS * 9)));
        Tensor bias = Tensor.vector("b", gaussian(random, 5));
        Node input = new Node(
                new Input("image"), List.of(), List.of(Node.BATCH, CHANNELS, WIDTH, WIDTH), ElementType.FLOAT32);
        List<Long> ones = List.of(1L, 1L);
        Node conv = new Node(
                new Convolution(ones, ones, ones, 1),
                List.of(input, Node.constant(weight), Node.constant(bias)),
                List.of(Node.BATCH, 5L, WIDTH, WIDTH),
                ElementType.FLOAT32);
        Node relu = new Node(new Unary(Unary.Kind.RELU), List.of(conv), conv.shape(), ElementType.FLOAT32);
        Node last = new Node(
                new Convolution(ones, List.of(0L, 0L), ones, 1),
                List.of(relu, Node.constant(identity())),
                conv.shape(),
                ElementType.FLOAT32);
        Range in = new Range(-3, 3);
        Range out = new Range(0, 9);
        Graph quantized = new QuantizeRewriter(
                        QuantizationPlan.of(new Graph(input, Map.of("y", last))), Map.of(input, in, relu, out), bits)
                .rewrite();

        float[] found = run(OnnxWriter.write(quantized, "test", Map.of()), image);

        assertThat(optimized(OnnxWriter.write(quantized, "test", Map.of()))).containsEntry("QLinearConv", 1L);
        int[] expected = reference(image, QuantizedWeights.of(weight, bias, in.scale(), bits), in, out);
        int others = 0;
        for (int i = 0; i < expected.length; i++) {
            int steps = Math.round(found[i] / out.scale());
            assertThat(Math.abs(steps - expected[i])).as("value " + i).isLessThanOrEqualTo(1);
            others += steps == expected[i] ? 0 : 1;
        }
        // a product that lies between two steps may be rounded either way
        assertThat(others).isLessThanOrEqualTo(expected.length / 100);
    }

    @ParameterizedTest
    @CsvSource({"facet-s", "bottleneck-skip", "bottleneck-skip-separable"})
    void networksRunOnInt8Kernels(String preset) throws Exception {
        ModelDescription description = TestModels.description(preset, Presets.byName(preset), SIDE_PX);
        Int8Quantizer.Quantized quantized;
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block network = TestModels.network(description, manager, 4);
            Graph floats = Heads.add(
                    Passes.forInference(BlockTracer.trace(network, DataType.UINT8, SIDE_PX, SIDE_PX, 3)), description);
            quantized = new Int8Quantizer(new Int8Settings(noise(2), RangeMethod.MIN_MAX, 8, null, 1))
                    .quantize(floats, List.of((long) SIDE_PX, (long) SIDE_PX, 3L), folder);
        }

        Map<String, Long> operators = optimized(OnnxWriter.write(quantized.graph(), "test", Map.of()));

        // float: one class layer for each of the three attributes
        assertThat(quantized.convolutions() - quantized.integerConvolutions()).isEqualTo(3);
        assertThat(operators).containsEntry("QLinearConv", quantized.integerConvolutions());
        assertThat(operators.getOrDefault("Conv", 0L) + operators.getOrDefault("FusedConv", 0L))
                .isEqualTo(3);
        assertThat(operators).doesNotContainKeys("Add", "BatchNormalization", "Relu");
        assertThat(folder).isDirectoryNotContaining("glob:**calibration.onnx");
    }

    private static Tensor identity() {
        float[] values = new float[25];
        for (int i = 0; i < 5; i++) {
            values[6 * i] = 1;
        }
        return new Tensor("one", List.of(5L, 5L, 1L, 1L), values);
    }

    private static int[] reference(float[] image, QuantizedWeights integers, Range in, Range out) {
        int width = (int) WIDTH;
        int[] biases = java.util.Objects.requireNonNull(integers.biases());
        int[] steps = new int[5 * width * width];
        for (int o = 0; o < 5; o++) {
            for (int y = 0; y < width; y++) {
                for (int x = 0; x < width; x++) {
                    int sum = biases[o];
                    for (int k = 0; k < CHANNELS * 9; k++) {
                        int row = y + k / 3 % 3 - 1;
                        int column = x + k % 3 - 1;
                        if (row >= 0 && row < width && column >= 0 && column < width) {
                            double value = image[(k / 9 * width + row) * width + column];
                            int data = (int) Math.max(0, Math.min(255, Math.rint(value / in.scale()) + in.zeroPoint()));
                            sum += (data - in.zeroPoint()) * integers.weights()[o * (int) CHANNELS * 9 + k];
                        }
                    }
                    double real = (double) sum * in.scale() * integers.scales()[o];
                    steps[(o * width + y) * width + x] =
                            (int) Math.max(0, Math.min(255, Math.rint(real / out.scale())));
                }
            }
        }
        return steps;
    }

    private static float[] run(byte[] model, float[] image) throws OrtException {
        OrtEnvironment environment = environment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor tensor = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(image), new long[] {1, CHANNELS, WIDTH, WIDTH});
                OrtSession.Result result = session.run(Map.of("image", tensor))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
        }
    }

    /** How many nodes of each kind are left after all of ONNX Runtime's optimisations. */
    private Map<String, Long> optimized(byte[] model) throws OrtException, IOException {
        Path file = folder.resolve("optimized.onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setOptimizedModelFilePath(file.toString());
            environment().createSession(model, options).close();
        }
        Map<String, Long> counts =
                new HashMap<>(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList().stream()
                        .collect(Collectors.groupingBy(NodeProto::getOpType, Collectors.counting())));
        Files.delete(file);
        return counts;
    }

    private static OrtEnvironment environment() {
        Engine.getEngine("OnnxRuntime"); // DJL's engine must be the first to create the environment
        return OrtEnvironment.getEnvironment();
    }

    private static List<byte[]> noise(int pictures) {
        Random random = new Random(3);
        List<byte[]> noise = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            byte[] pixels = new byte[SIDE_PX * SIDE_PX * 3];
            random.nextBytes(pixels);
            noise.add(pixels);
        }
        return noise;
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
