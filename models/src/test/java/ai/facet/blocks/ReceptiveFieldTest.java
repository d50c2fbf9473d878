package ai.facet.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.facet.network.NetworkSpec;
import ai.facet.network.NetworkSummary;
import ai.facet.network.Presets;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The computed receptive field against the Blocks: which columns of the input does a value in the middle react to? */
class ReceptiveFieldTest {
    private static final int HEIGHT_PX = 32;
    private static final int LARGEST_STRIDE = 32;
    private static final float WEIGHT = 0.02f;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    static List<String> presets() {
        return Presets.names();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void theMiddleReactsToAsManyColumnsAsTheSummarySays(String preset) {
        NetworkSpec spec = Presets.byName(preset);
        int expected = NetworkSummary.of(spec, 512, 512, List.of(2))
                .stages()
                .get(spec.base().size() - 1)
                .receptiveFieldPx();
        int width = (expected / LARGEST_STRIDE + 3) * LARGEST_STRIDE;
        BaseTower tower = tower(spec, width);

        int middle = firstThatReacts(tower, width);
        int left = boundary(middle, 0, x -> reacts(tower, width, x));
        int right = boundary(middle, width - 1, x -> reacts(tower, width, x));

        assertThat(right - left + 1).isEqualTo(expected);
    }

    /** All weights positive, no shifts: nothing is cut off by ReLU, and zero stays zero unless a column reaches it. */
    private BaseTower tower(NetworkSpec spec, int width) {
        BaseTower tower = new BaseTower(spec.base(), 3);
        tower.initialize(manager, DataType.FLOAT32, new Shape(1, 3, HEIGHT_PX, width));
        ParameterPaths.of(tower).values().forEach(parameter -> {
            if (parameter.getType() == Parameter.Type.WEIGHT) {
                NDArray weights = parameter.getArray();
                weights.setRequiresGradient(false);
                weights.set(new NDIndex("..."), WEIGHT);
            }
        });
        return tower;
    }

    private int firstThatReacts(BaseTower tower, int width) {
        for (int away = 0; away < LARGEST_STRIDE; away++) {
            if (reacts(tower, width, width / 2 + away)) {
                return width / 2 + away;
            }
        }
        throw new AssertionError("the middle reacts to nothing near it");
    }

    /** The last column that reacts on the way from one that does to one that does not. */
    private static int boundary(int reacting, int silent, IntPredicate reacts) {
        int in = reacting;
        int out = silent;
        assertThat(reacts.test(out)).as("the input is too narrow for this test").isFalse();
        while (Math.abs(out - in) > 1) {
            int between = (in + out) / 2;
            if (reacts.test(between)) {
                in = between;
            } else {
                out = between;
            }
        }
        return in;
    }

    private boolean reacts(BaseTower tower, int width, int column) {
        try (NDManager run = manager.newSubManager()) {
            NDArray image = run.zeros(new Shape(1, 3, HEIGHT_PX, width));
            image.set(new NDIndex(":, :, :, {}", column), 1f);
            NDArray output = tower.forward(new ParameterStore(run, false), new NDList(image), false)
                    .singletonOrThrow(); // [1, C, h, w]
            Shape shape = output.getShape();
            return output.getFloat(0, 0, shape.get(2) / 2, shape.get(3) / 2) != 0;
        }
    }
}
