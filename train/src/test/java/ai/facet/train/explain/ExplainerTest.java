package ai.facet.train.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.facet.blocks.AttributeNetwork;
import ai.facet.blocks.OpenedNetwork;
import ai.facet.blocks.ParameterPaths;
import ai.facet.network.CellGrid;
import ai.facet.network.MapPlace;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.input.HostBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
    private static final int SIDE_PX = TestNetworks.SIDE_PX;
    private static final int PICTURES = 3;
    private static final int ATTRIBUTE = 1;
    private static final int CLASS = 2;
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            new Attribute("size", "Size", List.of("small", "large")),
            new Attribute("colour", "Colour", List.of("red", "green", "blue"))));

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final ParameterStore store = new ParameterStore(manager, false);
    private final ByteBuffer pixels = pixels();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"facet-s,tower", "facet-s,stem", "facet-s,stage3", "bottleneck-skip,tower"})
    void theTwoHalvesAreTheWholeNetworkAndTheGridIsTheirs(String preset, String name) {
        AttributeNetwork network = TestNetworks.network(preset, SCHEMA, manager);
        MapPlace place = MapPlace.of(Presets.byName(preset), name);
        OpenedNetwork opened = new OpenedNetwork(network, place);

        NDArray maps = opened.maps(store, opened.shared(store, images()), ATTRIBUTE);
        float[] logits = opened.logits(store, maps, ATTRIBUTE).toFloatArray();

        CellGrid grid = CellGrid.of(Presets.byName(preset), place, SIDE_PX, SIDE_PX);
        assertThat(maps.getShape().get(2)).isEqualTo(grid.rows());
        assertThat(maps.getShape().get(3)).isEqualTo(grid.columns());
        float[] whole = network.forward(store, new NDList(images()), false)
                .get(ATTRIBUTE)
                .toFloatArray();
        assertThat(logits).containsExactly(whole, within(1e-5f));
    }

    /** A tower that ends in class maps and their mean: the class activation map (Zhou et al., 2016) without any gradient. */
    @Test
    void gradCamOfTheLastMapsIsTheClassActivationMap() {
        AttributeNetwork network = TestNetworks.network("facet-s", SCHEMA, manager);
        MapPlace place = MapPlace.of(Presets.byName("facet-s"), "tower");
        OpenedNetwork opened = new OpenedNetwork(network, place);
        NDArray maps = opened.maps(store, opened.shared(store, images()), ATTRIBUTE);
        float[] weights = Objects.requireNonNull(ParameterPaths.of(network).get("tower.colour.layers.classes1.weight"))
                .getArray()
                .toFloatArray(); // [classes, channels, 1, 1]
        int channels = (int) maps.getShape().get(1);
        float[] byChannel = new float[channels];
        int cells = (int) (maps.getShape().get(2) * maps.getShape().get(3));
        for (int k = 0; k < channels; k++) {
            byChannel[k] = weights[CLASS * channels + k] / cells;
        }

        requireHeat(
                explain("facet-s", network, place), maps.toFloatArray(), (picture, k) -> byChannel[k], channels, cells);
    }

    /** Raising a whole map by a little changes the logit by its weight, times the cells, times that little. */
    @ParameterizedTest
    @CsvSource({"facet-s,stage3", "facet-s,tower"})
    void weightsAreWhatFiniteDifferencesOfTheLogitSay(String preset, String name) {
        AttributeNetwork network = TestNetworks.network(preset, SCHEMA, manager);
        MapPlace place = MapPlace.of(Presets.byName(preset), name);
        OpenedNetwork opened = new OpenedNetwork(network, place);
        NDArray maps = opened.maps(store, opened.shared(store, images()), ATTRIBUTE);
        float[] values = maps.toFloatArray();
        Shape shape = maps.getShape();
        int channels = (int) shape.get(1);
        int cells = (int) (shape.get(2) * shape.get(3));
        float step = 1e-3f;
        float[][] slopes = new float[PICTURES][channels];
        for (int k = 0; k < channels; k++) {
            float[] above = logits(opened, raised(values, channels, cells, k, step), shape);
            float[] below = logits(opened, raised(values, channels, cells, k, -step), shape);
            for (int n = 0; n < PICTURES; n++) {
                slopes[n][k] = (above[n * 3 + CLASS] - below[n * 3 + CLASS]) / (2 * step) / cells;
            }
        }

        requireHeat(explain(preset, network, place), values, (picture, k) -> slopes[picture][k], channels, cells);
    }

    @Test
    void explainsThePredictedClassUnlessToldOtherwise() {
        AttributeNetwork network = TestNetworks.network("facet-s", SCHEMA, manager);
        MapPlace place = MapPlace.of(Presets.byName("facet-s"), "tower");
        int[][] labels = {{0, 1}, {1, -1}, {0, 2}};

        AttributeHeat predicted = explain(network, place, ClassChoice.of("predicted", Map.of(), SCHEMA), labels, 0);
        AttributeHeat labelled = explain(network, place, ClassChoice.of("label", Map.of(), SCHEMA), labels, 0);
        AttributeHeat missing = explain(network, place, ClassChoice.of("label", Map.of(), SCHEMA), labels, 1);

        assertThat(predicted.explained()).isEqualTo(predicted.prediction().classIndex());
        assertThat(labelled.explained()).isEqualTo(1);
        assertThat(missing.explained()).isEqualTo(missing.prediction().classIndex());
    }

    @Test
    void refusesNetworksThatAreJavaCodeAndPlacesThatAreNotThere() {
        assertThatThrownBy(() -> MapPlace.of(NetworkSpec.ofFactory("com.example.Net"), "tower"))
                .hasMessageContaining("is Java code");
        assertThatThrownBy(() -> MapPlace.of(Presets.byName("facet-s"), "stage9"))
                .hasMessageContaining("[stem, stage1, stage2, stage3, tower]");
    }

    /** Padded strides keep the first value on pixel 0; each unpadded pooling by 2 moves it by half a step. */
    @Test
    void gridsKnowWhereTheFirstValueIsCentred() {
        NetworkSpec padded = Presets.byName("facet-s");
        NetworkSpec pooled = Presets.byName("bottleneck-skip");

        assertThat(CellGrid.of(padded, MapPlace.of(padded, "tower"), 112, 112)).isEqualTo(new CellGrid(7, 7, 0, 16));
        assertThat(CellGrid.of(pooled, MapPlace.of(pooled, "stage2"), 64, 64)).isEqualTo(new CellGrid(32, 32, 0.5, 2));
    }

    @FunctionalInterface
    private interface Weights {
        float of(int picture, int channel);
    }

    private static void requireHeat(
            List<List<AttributeHeat>> found, float[] maps, Weights weights, int channels, int cells) {
        for (int n = 0; n < PICTURES; n++) {
            double[] expected = new double[cells];
            double scale = 0;
            for (int i = 0; i < cells; i++) {
                for (int k = 0; k < channels; k++) {
                    double part = (double) weights.of(n, k) * maps[(n * channels + k) * cells + i];
                    expected[i] += part;
                    scale = Math.max(scale, Math.abs(part));
                }
            }
            float[] heat = found.get(n).get(0).heat().values();
            for (int i = 0; i < cells; i++) {
                assertThat((double) heat[i])
                        .as("picture " + n + ", value " + i)
                        .isCloseTo(Math.max(0, expected[i]), within(0.02 * scale));
            }
            assertThat(scale).isPositive();
        }
    }

    private List<List<AttributeHeat>> explain(String preset, AttributeNetwork network, MapPlace place) {
        ClassChoice blue = ClassChoice.of("predicted", Map.of("colour", "blue"), SCHEMA);
        return explainer(Presets.byName(preset), network, place, blue)
                .explain(new HostBatch(pixels.duplicate(), new int[][] {{-1, -1}, {-1, -1}, {-1, -1}}), new int[] {
                    ATTRIBUTE
                });
    }

    private AttributeHeat explain(
            AttributeNetwork network, MapPlace place, ClassChoice choice, int[][] labels, int picture) {
        return explainer(Presets.byName("facet-s"), network, place, choice)
                .explain(new HostBatch(pixels.duplicate(), labels), new int[] {ATTRIBUTE})
                .get(picture)
                .get(0);
    }

    private Explainer explainer(NetworkSpec spec, AttributeNetwork network, MapPlace place, ClassChoice choice) {
        return new Explainer(
                TestNetworks.description(spec, SCHEMA), network, place, HeatMethod.GRAD_CAM, choice, manager);
    }

    private float[] logits(OpenedNetwork opened, float[] maps, Shape shape) {
        return opened.logits(store, manager.create(maps, shape), ATTRIBUTE).toFloatArray();
    }

    private static float[] raised(float[] maps, int channels, int cells, int channel, float step) {
        float[] raised = maps.clone();
        for (int n = 0; n < PICTURES; n++) {
            for (int i = 0; i < cells; i++) {
                raised[(n * channels + channel) * cells + i] += step;
            }
        }
        return raised;
    }

    private NDArray images() {
        return manager.create(pixels.duplicate(), new Shape(PICTURES, SIDE_PX, SIDE_PX, 3), DataType.UINT8);
    }

    private static ByteBuffer pixels() {
        byte[] bytes = new byte[PICTURES * SIDE_PX * SIDE_PX * 3];
        new Random(3).nextBytes(bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
        return direct.put(bytes).flip();
    }
}
