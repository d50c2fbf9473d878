package ai.facet.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.files.AtomicFiles;
import ai.facet.network.NetworkSummary;
import ai.facet.network.Presets;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One matrix over every preset, and what the parts promise. */
class AttributeNetworkTest {
    private static final int SIDE_PX = 36;
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            new Attribute("colour", "Colour", List.of("red", "green", "blue")),
            new Attribute("size", "Size", List.of("small", "large"))));

    @TempDir
    Path temp;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    static List<String> presets() {
        return Presets.names();
    }

    @BeforeEach
    void seed() {
        Engine.getEngine("PyTorch").setRandomSeed(11);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void givesNamedLogits(String preset) {
        NDList outputs = run(network(preset), images(3, 1), false);

        assertThat(outputs.get(0).getName()).isEqualTo("colour");
        assertThat(outputs.get(0).getShape()).isEqualTo(new Shape(3, 3));
        assertThat(outputs.get(1).getName()).isEqualTo("size");
        assertThat(outputs.get(1).getShape()).isEqualTo(new Shape(3, 2));
        assertThat(outputs.get(1).getDataType()).isEqualTo(DataType.FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void hasAsManyParametersAsItsSummarySays(String preset) {
        long numbers = ParameterPaths.of(network(preset)).values().stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(p -> p.getArray().size())
                .sum();

        assertThat(numbers)
                .isEqualTo(NetworkSummary.of(Presets.byName(preset), SIDE_PX, SIDE_PX, List.of(3, 2))
                        .parameters());
    }

    /** Published for the original network: 212 trainable tensors with eight towers. */
    @Test
    void bottleneckSkipHasTheOriginalNumberOfTensors() {
        List<Attribute> eight = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> new Attribute("a" + i, "a" + i, List.of("x", "y")))
                .toList();
        AttributeNetwork network = new AttributeNetwork(
                Presets.byName("bottleneck-skip"), new AttributeSchema(eight), Preprocessing.square(SIDE_PX));

        assertThat(ParameterPaths.of(network).values().stream()
                        .filter(Parameter::requiresGradient)
                        .count())
                .isEqualTo(212);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyParameterGetsAFiniteGradient(String preset) {
        AttributeNetwork network = network(preset);
        collect(network, images(8, 2));

        ParameterPaths.of(network).forEach((path, parameter) -> {
            if (parameter.requiresGradient()) {
                float[] gradient = parameter.getArray().getGradient().toFloatArray();
                double sum = 0;
                for (float g : gradient) {
                    sum += Math.abs(g);
                }
                assertThat(sum).as(path).isFinite();
                if (!path.endsWith("bias")) {
                    // a bias before batch normalisation has no effect
                    assertThat(sum).as(path).isPositive();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("presets")
    void learnsEightPicturesByHeart(String preset) {
        AttributeNetwork network = network(preset);
        NDArray images = images(8, 3);
        double first = collect(network, images);
        double lowest = first;
        for (int step = 0; step < 20; step++) {
            descend(network, 0.05f); // steps so large that the loss bounces once it is low
            lowest = Math.min(lowest, collect(network, images));
        }

        assertThat(lowest).isLessThan(first * 0.2);
    }

    /**
     * Along the gradient itself, where the loss changes most: its slope there is the gradient's norm. A single weight sits
     * too close to ReLU's kinks, a random direction too close to rounding.
     */
    @ParameterizedTest
    @MethodSource("presets")
    void gradientsEqualFiniteDifferences(String preset) {
        AttributeNetwork network = network(preset);
        NDArray images = images(4, 4);
        collect(network, images);
        List<Parameter> trainable = ParameterPaths.of(network).values().stream()
                .filter(Parameter::requiresGradient)
                .toList();
        double expected = Math.sqrt(trainable.stream()
                .mapToDouble(p -> p.getArray().getGradient().square().sum().getFloat())
                .sum());
        double step =
                Math.min(5e-4, 0.03 / expected); // the loss moves by 0.03 at most, or the slope changes on the way
        List<NDArray> direction = trainable.stream()
                .map(p -> p.getArray().getGradient().mul(step / expected))
                .toList();

        move(trainable, direction, 1);
        double up = lossOf(network, images);
        move(trainable, direction, -2);
        double down = lossOf(network, images);

        assertThat((up - down) / (2 * step)).isCloseTo(expected, within(0.02 * expected));
    }

    private static void move(List<Parameter> parameters, List<NDArray> direction, float factor) {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).getArray().addi(direction.get(i).mul(factor));
        }
    }

    /** PyTorch's rule: running = 0.9 running + 0.1 batch. */
    @Test
    void runningMeanMovesByATenth() {
        AttributeNetwork network = network("facet-s");
        NDArray images = images(4, 5);
        run(network, images, true);
        float[] once = parameter(network, "base.stages.stem.norm1.runningMean")
                .getArray()
                .toFloatArray();
        run(network, images, true);
        float[] twice = parameter(network, "base.stages.stem.norm1.runningMean")
                .getArray()
                .toFloatArray();

        for (int i = 0; i < once.length; i++) {
            // from 0: 0.1 m, then 0.19 m
            assertThat(twice[i]).isCloseTo(1.9f * once[i], within(1e-4f));
        }
    }

    /** PyTorch stores the unbiased variance, n - 1 below the line, though it normalises with the biased one. */
    @Test
    void runningVarianceIsUnbiased() {
        NDArray x = manager.randomNormal(3, 2, new Shape(4, 1, 2, 2), DataType.FLOAT32);
        ChannelNorm norm = new ChannelNorm();
        norm.initialize(manager, DataType.FLOAT32, x.getShape());
        float[] values = x.toFloatArray();
        double mean = 0;
        for (float value : values) {
            mean += value / (double) values.length;
        }
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }

        NDArray y = norm.forward(new ParameterStore(manager, false), new NDList(x), true)
                .singletonOrThrow();

        float runningVar = norm.getParameters().get("runningVar").getArray().toFloatArray()[0];
        assertThat(runningVar).isCloseTo((float) (0.9 + 0.1 * squares / 15), within(1e-4f));
        assertThat(y.toFloatArray()[0])
                .isCloseTo((float) ((values[0] - mean) / Math.sqrt(squares / 16 + 1e-5)), within(1e-4f));
    }

    @Test
    void normalisesAsTheContractSays() {
        Preprocessing contract = new Preprocessing(
                2, 1, ai.facet.preprocess.Fit.CROP, 0, List.of(10.0, 20.0, 30.0), List.of(2.0, 4.0, 8.0));
        Normalization block = new Normalization(contract);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 2, 3));
        NDArray image = manager.create(
                ByteBuffer.wrap(new byte[] {12, 24, 38, (byte) 210, (byte) 220, (byte) 230}),
                new Shape(1, 1, 2, 3),
                DataType.UINT8);

        NDArray normal = block.forward(new ParameterStore(manager, false), new NDList(image), false)
                .singletonOrThrow();

        assertThat(normal.getShape()).isEqualTo(new Shape(1, 3, 1, 2));
        assertThat(normal.toFloatArray()).containsExactly(1, 100, 1, 50, 1, 25);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void storedWeightsGiveTheSameBits(String preset) throws IOException {
        AttributeNetwork network = network(preset);
        collect(network, images(8, 6));
        descend(network, 0.1f);
        Path file = temp.resolve("network.safetensors");
        Checkpoint.of(description(preset), null, NetworkWeights.copy(network, Checkpoint.WEIGHTS))
                .write(file, AtomicFiles.real());

        AttributeNetwork loaded = NetworkLoader.load(file, manager);

        NDArray images = images(2, 7);
        assertThat(run(loaded, images, false).get(0).toFloatArray())
                .isEqualTo(run(network, images, false).get(0).toFloatArray());
    }

    @Test
    void namesWeightsOfAnotherNetwork() {
        AttributeNetwork network = network("facet-s");
        Map<String, Tensor> weights = new HashMap<>();
        NetworkWeights.copy(network, "").forEach(t -> weights.put(t.name(), t));
        weights.remove("base.stages.stem.conv1.weight");
        weights.put("other", Tensor.ofFloats("other", List.of(1L), new float[1]));

        assertThatThrownBy(() -> NetworkWeights.load(network, weights))
                .hasMessageContaining("1 parameters are missing")
                .hasMessageContaining("base.stages.stem.conv1.weight")
                .hasMessageContaining("other");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void aFrozenBaseStaysAsItIsWhileTheTowersMove(String preset) {
        AttributeNetwork network = network(preset);
        Freezing.freeze(network, List.of("base"), path -> path.startsWith("base."));
        Map<String, float[]> before = values(network);

        collect(network, images(8, 6));
        descend(network, 0.1f);

        Map<String, float[]> after = values(network);
        before.forEach((path, values) -> {
            if (path.startsWith("base.")) {
                assertThat(after.get(path)).as(path).isEqualTo(values);
            }
        });
        assertThat(before.keySet().stream()
                        .filter(path -> path.startsWith("tower.")
                                && !java.util.Arrays.equals(before.get(path), after.get(path))))
                .isNotEmpty();
    }

    @Test
    void namesWhatCannotBeFrozen() {
        AttributeNetwork network = network("facet-s");

        assertThatThrownBy(() -> Freezing.freeze(network, List.of("bass"), path -> false))
                .hasMessageContainingAll("[bass] concerns no parameter", "base.stages.stem.conv1.weight");
        assertThatThrownBy(() -> Freezing.freeze(network, List.of("*"), path -> true))
                .hasMessageContaining("leaves nothing to train");
        ai.djl.nn.Block stock = new ai.djl.nn.SequentialBlock()
                .add(ai.djl.nn.norm.BatchNorm.builder().build())
                .add(ai.djl.nn.core.Linear.builder().setUnits(2).build());
        stock.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
        assertThatThrownBy(() -> Freezing.freeze(stock, List.of("a"), path -> path.startsWith("BatchNorm")))
                .hasMessageContaining("moves its running statistics");
    }

    private static Map<String, float[]> values(AttributeNetwork network) {
        Map<String, float[]> values = new HashMap<>();
        ParameterPaths.of(network)
                .forEach((path, parameter) ->
                        values.put(path, parameter.getArray().toFloatArray()));
        return values;
    }

    private static ModelDescription description(String preset) {
        return new ModelDescription(
                preset,
                SCHEMA,
                Preprocessing.square(SIDE_PX),
                Presets.byName(preset),
                List.of(Calibration.NONE, Calibration.NONE),
                Map.of(),
                "Apache-2.0");
    }

    private AttributeNetwork network(String preset) {
        AttributeNetwork network = new AttributeNetwork(Presets.byName(preset), SCHEMA, Preprocessing.square(SIDE_PX));
        network.initialize(manager);
        return network;
    }

    private NDArray images(int count, long seed) {
        byte[] pixels = new byte[count * SIDE_PX * SIDE_PX * 3];
        new Random(seed).nextBytes(pixels);
        return manager.create(ByteBuffer.wrap(pixels), new Shape(count, SIDE_PX, SIDE_PX, 3), DataType.UINT8);
    }

    private NDList run(AttributeNetwork network, NDArray images, boolean training) {
        return network.forward(new ParameterStore(manager, false), new NDList(images), training);
    }

    private double lossOf(AttributeNetwork network, NDArray images) {
        Engine.getEngine("PyTorch").setRandomSeed(5);
        return loss(run(network, images, true), images.getShape().get(0)).getFloat();
    }

    /** One forward and backward pass; labels go round the classes. */
    private double collect(AttributeNetwork network, NDArray images) {
        Engine.getEngine("PyTorch").setRandomSeed(5);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray loss = loss(run(network, images, true), images.getShape().get(0));
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    private NDArray loss(NDList outputs, long count) {
        NDArray sum = null;
        for (NDArray logits : outputs) {
            long classes = logits.getShape().get(1);
            NDArray labels =
                    manager.arange((int) count).toType(DataType.INT64, true).mod(classes);
            NDArray one = Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(logits));
            sum = sum == null ? one : sum.add(one);
        }
        return java.util.Objects.requireNonNull(sum);
    }

    private void descend(AttributeNetwork network, float rate) {
        ParameterPaths.of(network).values().stream()
                .filter(Parameter::requiresGradient)
                .forEach(p -> p.getArray().subi(p.getArray().getGradient().mul(rate)));
    }

    private static Parameter parameter(AttributeNetwork network, String path) {
        return java.util.Objects.requireNonNull(ParameterPaths.of(network).get(path), path);
    }
}
