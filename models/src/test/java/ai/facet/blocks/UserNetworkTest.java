package ai.facet.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.training.ParameterStore;
import ai.facet.network.NetworkSpec;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks that are Java code. */
class UserNetworkTest {
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            new Attribute("light", "Light", List.of("dark", "bright")),
            new Attribute("colour", "Colour", List.of("red", "green", "blue"))));
    private static final Preprocessing INPUT = Preprocessing.square(16);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    /** Gives the outputs in another order than the schema's; made by name. */
    public static final class NamedTheOtherWayRound implements NetworkFactory {
        @Override
        public Block create(AttributeSchema schema, Preprocessing preprocessing) {
            return outputs(3, "colour", 2, "light");
        }
    }

    /** Lacks an attribute; made by name. */
    public static final class Incomplete implements NetworkFactory {
        @Override
        public Block create(AttributeSchema schema, Preprocessing preprocessing) {
            return outputs(3, "colour", 2, "weather");
        }
    }

    /** No two outputs of the right sizes; made by name. */
    public static final class WrongSizes implements NetworkFactory {
        @Override
        public Block create(AttributeSchema schema, Preprocessing preprocessing) {
            return outputs(3, null, 2, null);
        }
    }

    /** Only the package may make it. */
    public static final class Hidden implements NetworkFactory {
        private Hidden() {}

        @Override
        public Block create(AttributeSchema schema, Preprocessing preprocessing) {
            throw new IllegalStateException();
        }
    }

    @Test
    void outputsArePutIntoTheOrderOfTheSchema() {
        NDList logits = run(NetworkBlocks.create(spec(NamedTheOtherWayRound.class), SCHEMA, INPUT));

        assertThat(logits).extracting(NDArray::getName).containsExactly("light", "colour");
        assertThat(logits).extracting(NDArray::getShape).containsExactly(new Shape(5, 2), new Shape(5, 3));
    }

    @Test
    void missingAndMisshapenOutputsAreNamed() {
        assertThatThrownBy(() -> run(NetworkBlocks.create(spec(Incomplete.class), SCHEMA, INPUT)))
                .hasMessageContainingAll("Incomplete", "output light is missing", "weather (5, 2)");
        assertThatThrownBy(() -> run(NetworkBlocks.create(spec(WrongSizes.class), SCHEMA, INPUT)))
                .hasMessageContainingAll("output light is float32 (5, 3)", "expected float32 (5, 2)");
    }

    @Test
    void aClassThatCannotBeMadeIsNamed() {
        assertThatThrownBy(() -> NetworkBlocks.create(spec(Hidden.class), SCHEMA, INPUT))
                .hasMessageContainingAll("Hidden", "public constructor");
    }

    @Test
    void featuresAreNormalisedPooledAndGivenOneLinearLayerEach() {
        Block identity = new LambdaBlock(list -> list);
        Block network = new FeatureNetwork(identity, SCHEMA, INPUT);
        NetworkBlocks.initialize(network, manager, INPUT);
        float[] weights = weights(network, "head.light.weight");

        NDList logits = run(network);

        // a picture of the value 50 everywhere, so every pooled feature is (50 - mean) / std of its channel
        double expected = 0;
        for (int c = 0; c < 3; c++) {
            expected += weights[c] * (50 - INPUT.mean().get(c)) / INPUT.std().get(c);
        }
        assertThat((double) logits.get(0).toFloatArray()[0]).isCloseTo(expected, within());
    }

    private static float[] weights(Block network, String path) {
        return java.util.Objects.requireNonNull(ParameterPaths.of(network).get(path))
                .getArray()
                .toFloatArray();
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-4);
    }

    private NDList run(Block network) {
        if (!network.isInitialized()) {
            NetworkBlocks.initialize(network, manager, INPUT);
        }
        NDArray images =
                manager.full(new Shape(5, 16, 16, 3), 50, DataType.FLOAT32).toType(DataType.UINT8, true);
        return network.forward(new ParameterStore(manager, false), new NDList(images), false);
    }

    private static NetworkSpec spec(Class<?> factory) {
        return NetworkSpec.ofFactory(factory.getName());
    }

    private static Block outputs(
            int first,
            @org.jspecify.annotations.Nullable String firstName,
            int second,
            @org.jspecify.annotations.Nullable String secondName) {
        return new LambdaBlock(list -> {
            NDArray images = list.singletonOrThrow();
            long batch = images.getShape().get(0);
            NDArray a = images.getManager().zeros(new Shape(batch, first));
            NDArray b = images.getManager().zeros(new Shape(batch, second));
            a.setName(firstName);
            b.setName(secondName);
            return new NDList(a, b);
        });
    }
}
