package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Clip;
import ai.facet.export.graph.Identity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockExporterTest {
    @TempDir
    Path folder;

    @Test
    void residualBlockAgreesAndLosesItsDropout() throws IOException {
        BlockExporter exporter = new ExportAgreement(folder, TestBlocks.residual()).check(3, 16, 16);
        assertThat(exporter.graph().nodes()).noneMatch(n -> n.op() instanceof Identity);
    }

    @Test
    void imagesAsBytesWithTwoNamedHeadsAgree() throws IOException {
        BlockExporter exporter = new ExportAgreement(folder, TestBlocks.twoHeads(), DataType.UINT8).check(15, 17, 3);
        assertThat(exporter.graph().outputs()).containsOnlyKeys("colour", "shape");
    }

    @Test
    void batchNormsAreFoldedWhereNothingElseReadsTheConvolution() throws IOException {
        BlockExporter plain = new ExportAgreement(folder, TestBlocks.twoHeads(), DataType.UINT8).check(15, 17, 3);
        assertThat(plain.graph().nodes()).noneMatch(n -> n.op() instanceof BatchNorm);
        BlockExporter behindSum = new ExportAgreement(folder, TestBlocks.residual()).check(3, 16, 16);
        assertThat(behindSum.graph().nodes())
                .filteredOn(n -> n.op() instanceof BatchNorm)
                .hasSize(1);
    }

    @Test
    void relu6BecomesOneClip() throws IOException {
        BlockExporter exporter = new ExportAgreement(folder, TestBlocks.residual()).check(3, 16, 16);
        assertThat(exporter.graph().nodes())
                .filteredOn(n -> n.op() instanceof Clip)
                .singleElement()
                .extracting(n -> n.op())
                .isEqualTo(new Clip(0, 6));
    }

    @Test
    void summaryCountsNodesParametersAndMultiplyAdds() throws IOException {
        BlockExporter exporter = new ExportAgreement(folder, TestBlocks.conv(4, 3, 1, 1)).check(3, 8, 8);
        // 4 x 3 x 3 x 3 weights and 4 biases; each weight meets 8 x 8 positions
        assertThat(exporter.summary()).isEqualTo("1 nodes, 112 parameters, 0.0 M multiply-adds per image");
        assertThat(ai.facet.export.graph.GraphSummary.of(exporter.graph()).multiplyAdds())
                .isEqualTo(108 * 64);
    }
}
