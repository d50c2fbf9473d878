package ai.facet.export.passes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.facet.blocks.NetworkBlocks;
import ai.facet.description.ModelDescription;
import ai.facet.export.ExportAgreement;
import ai.facet.export.TestBlocks;
import ai.facet.export.TestModels;
import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Graph;
import ai.facet.export.trace.BlockTracer;
import ai.facet.network.Presets;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormCarryingTest {
    private static final int SIDE_PX = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bottleneck-skip", "bottleneck-skip-separable", "facet-s"})
    void presetsStillAnswerTheSame(String preset) throws IOException {
        new ExportAgreement(folder, network(preset), DataType.UINT8).check(SIDE_PX, SIDE_PX, 3);
    }

    @Test
    void mostNormsOfPreActivationUnitsAreGone() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block network = network("bottleneck-skip");
            TestBlocks.randomise(network, manager, 3, new Shape(1, SIDE_PX, SIDE_PX, 3));

            long before = norms(BlockTracer.trace(network, DataType.UINT8, SIDE_PX, SIDE_PX, 3));
            long after = norms(exported(network));

            // left: the towers' first norms but one, which each want another shift of the same maps
            assertThat(before).isGreaterThanOrEqualTo(30);
            assertThat(after).isLessThan(8);
        }
    }

    @Test
    void aFactorThatIsNotPositiveKeepsItsNorm() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block network = network("bottleneck-skip");
            TestBlocks.randomise(network, manager, 3, new Shape(1, SIDE_PX, SIDE_PX, 3));
            long all = norms(exported(network));
            TestBlocks.makeAFactorNegative(network);
            assertThat(norms(exported(network))).isGreaterThan(all + 5);
        }
    }

    @Test
    void aShiftFarFromTheDataKeepsItsNorm() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block network = network("bottleneck-skip");
            TestBlocks.randomise(network, manager, 3, new Shape(1, SIDE_PX, SIDE_PX, 3));
            long all = norms(exported(network));
            network.getParameters().values().stream()
                    .filter(p -> p.getType() == Parameter.Type.BETA)
                    .forEach(p -> {
                        float[] values = p.getArray().toFloatArray();
                        values[0] = 40;
                        p.getArray().set(values);
                    });

            assertThat(norms(exported(network))).isGreaterThan(all + 5);
        }
    }

    @Test
    void networksWithNegativeFactorsStillAnswerTheSame() throws IOException {
        new ExportAgreement(folder, network("bottleneck-skip"), DataType.UINT8)
                .withNegativeFactors()
                .check(SIDE_PX, SIDE_PX, 3);
    }

    private static Graph exported(Block network) {
        return Passes.forInference(BlockTracer.trace(network, DataType.UINT8, SIDE_PX, SIDE_PX, 3));
    }

    private static long norms(Graph graph) {
        return graph.nodes().stream().filter(n -> n.op() instanceof BatchNorm).count();
    }

    private static Block network(String preset) {
        ModelDescription description = TestModels.description(preset, Presets.byName(preset), SIDE_PX);
        return NetworkBlocks.create(description.network(), description.schema(), description.preprocessing());
    }
}
