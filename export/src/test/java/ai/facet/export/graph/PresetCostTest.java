package ai.facet.export.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.facet.description.ModelDescription;
import ai.facet.export.TestModels;
import ai.facet.export.trace.BlockTracer;
import ai.facet.network.NetworkSummary;
import ai.facet.network.Presets;
import ai.facet.schema.Attribute;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures computed from the specification against those counted in the traced graph. */
class PresetCostTest {
    private static final int SIDE_PX = 40;

    static List<String> presets() {
        return Presets.names();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void theSpecificationsFiguresAreThoseOfTheGraph(String preset) {
        ModelDescription description = TestModels.description(preset, Presets.byName(preset), SIDE_PX);
        List<Integer> classes = description.schema().attributes().stream()
                .map(Attribute::classCount)
                .toList();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Graph graph =
                    BlockTracer.trace(TestModels.network(description, manager, 3), DataType.UINT8, SIDE_PX, SIDE_PX, 3);

            NetworkSummary specified = NetworkSummary.of(description.network(), SIDE_PX, SIDE_PX, classes);
            GraphSummary traced = GraphSummary.of(graph);
            assertThat(specified.macs()).isEqualTo(traced.multiplyAdds());
            assertThat(specified.stages().stream()
                            .mapToInt(NetworkSummary.Stage::receptiveFieldPx)
                            .max())
                    .hasValue((int) traced.receptiveFieldPx());
            // both count what lives at once, in different orders of the towers
            assertThat((double) traced.peakActivationBytes())
                    .isBetween(
                            0.5 * specified.activations().answeringBytes(),
                            2.0 * specified.activations().answeringBytes());
        }
    }
}
