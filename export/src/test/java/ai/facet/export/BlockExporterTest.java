package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Clip;
import ai.facet.export.parity.BlockRoad;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.Road;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockExporterTest {
    private static final float TOLERANCE = 1e-4f;

    @TempDir
    Path folder;

    @Test
    void residualBlockAgreesInBothFormats() throws IOException {
        BlockExporter exporter = agrees(TestBlocks.residual(), DataType.FLOAT32, 3, 16, 16);
        assertThat(exporter.graph().nodes()).noneMatch(n -> n.toString().startsWith("Identity"));
    }

    @Test
    void imagesAsBytesWithTwoNamedHeadsAgree() throws IOException {
        BlockExporter exporter = agrees(TestBlocks.twoHeads(), DataType.UINT8, 15, 17, 3);
        assertThat(exporter.graph().outputs()).containsOnlyKeys("colour", "shape");
    }

    @Test
    void djlResNetAgreesAndLosesItsBatchNorms() throws IOException {
        Block resnet = ResNetV1.builder()
                .setNumLayers(18)
                .setImageShape(new Shape(3, 32, 32))
                .setOutSize(10)
                .build();
        BlockExporter exporter = agrees(resnet, DataType.FLOAT32, 3, 32, 32);
        assertThat(exporter.graph().nodes()).noneMatch(n -> n.op() instanceof BatchNorm);
        assertThat(exporter.summary()).contains("parameters", "multiply-adds");
    }

    @Test
    void relu6BecomesOneClip() throws IOException {
        BlockExporter exporter = agrees(TestBlocks.residual(), DataType.FLOAT32, 3, 16, 16);
        assertThat(exporter.graph().nodes())
                .filteredOn(n -> n.op() instanceof Clip)
                .singleElement()
                .extracting(n -> n.op())
                .isEqualTo(new Clip(0, 6));
    }

    /** Exports, reloads in both engines and compares with the Block at batch 1, 2 and 7. */
    private BlockExporter agrees(Block block, DataType type, long... shape) throws IOException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TestBlocks.randomise(block, manager, 7, new Shape(1).addAll(new Shape(shape)));
            BlockExporter exporter = BlockExporter.of(block, type, shape);
            exporter.writeOnnx(folder.resolve("block.onnx"));
            exporter.writeTorchScript(folder.resolve("block.pt"));
            try (Road djl = new BlockRoad(block);
                    Road onnx = EngineRoad.onnx(folder.resolve("block.onnx"));
                    Road torch = EngineRoad.torchScript(folder.resolve("block.pt"))) {
                for (int batch : List.of(1, 2, 7)) {
                    List<Long> imageShape =
                            java.util.Arrays.stream(shape).boxed().toList();
                    ImageBatch images = ImageBatch.random(new Random(batch), type, batch, imageShape);
                    Map<String, float[]> expected = djl.run(images);
                    assertClose(onnx.run(images), expected);
                    assertClose(torch.run(images), expected);
                }
            }
            return exporter;
        }
    }

    private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((name, values) -> {
            assertThat(values).as("the Block's own %s tells images apart", name).doesNotContain(Float.NaN);
            assertThat(actual.get(name)).as(name).containsExactly(values, within(TOLERANCE));
        });
    }
}
