package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Clip;
import ai.facet.export.graph.Identity;
import ai.facet.export.trace.BlockInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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

    @Test
    void aBlockWithTwoInputsAgrees() throws IOException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block block = new PictureAndFacts();
            TestBlocks.randomise(block, manager, 5, new Shape(1, 3, 8, 8), new Shape(1, 5));
            BlockExporter exporter = BlockExporter.of(
                    block,
                    BlockInput.of("image", DataType.FLOAT32, 3, 8, 8),
                    BlockInput.of("x1", DataType.FLOAT32, 5)); // as variables of the archive are called
            exporter.writeOnnx(folder.resolve("two.onnx"));
            exporter.writeTorchScript(folder.resolve("two.pt"));
            for (String[] artifact : new String[][] {{"OnnxRuntime", "two.onnx"}, {"PyTorch", "two.pt"}}) {
                try (Model model = Model.newInstance("two", artifact[0])) {
                    model.load(folder, artifact[1]);
                    for (int batch : List.of(1, 2, 7)) {
                        assertThat(run(model.getBlock(), model.getNDManager(), batch))
                                .as("%s at batch %s", artifact[1], batch)
                                .containsExactly(run(block, manager, batch), within(1e-5f));
                    }
                }
            }
        } catch (MalformedModelException e) {
            throw new IOException(e);
        }
    }

    @Test
    void inputsNeedDifferentNames() {
        BlockInput one = BlockInput.of("image", DataType.FLOAT32, 3, 8, 8);
        assertThatThrownBy(() -> BlockExporter.of(TestBlocks.conv(1, 1, 1, 0), one, one))
                .hasMessageContaining("[image, image]; expected different names");
        assertThatThrownBy(() -> BlockInput.of("my image", DataType.FLOAT32, 1))
                .hasMessageContaining("input \"my image\"");
    }

    private static float[] run(Block block, NDManager manager, int batch) {
        try (NDManager own = manager.newSubManager()) {
            float[] image = new float[batch * 3 * 8 * 8];
            float[] facts = new float[batch * 5];
            Random random = new Random(batch);
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < facts.length; i++) {
                facts[i] = (float) random.nextGaussian();
            }
            NDList inputs =
                    new NDList(own.create(image, new Shape(batch, 3, 8, 8)), own.create(facts, new Shape(batch, 5)));
            NDList outputs = block.forward(new ParameterStore(own, false), inputs, false);
            outputs.attach(own);
            return outputs.singletonOrThrow().toFloatArray();
        }
    }

    /** Answers from a picture {@code [N, 3, H, W]} and five numbers {@code [N, 5]}. */
    private static final class PictureAndFacts extends AbstractBlock {
        private final Block picture = addChildBlock(
                "picture",
                new SequentialBlock().add(TestBlocks.conv(4, 3, 1, 1)).add(Pool.globalAvgPool2dBlock()));
        private final Block facts =
                addChildBlock("facts", Linear.builder().setUnits(6).build());
        private final Block answer =
                addChildBlock("answer", Linear.builder().setUnits(2).build());

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray seen =
                    picture.forward(store, new NDList(inputs.get(0)), training).singletonOrThrow();
            NDArray known =
                    facts.forward(store, new NDList(inputs.get(1)), training).singletonOrThrow();
            NDList both = new NDList(seen.concat(known.getNDArrayInternal().relu(), 1));
            return answer.forward(store, both, training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
            picture.initialize(manager, type, shapes[0]);
            facts.initialize(manager, type, shapes[1]);
            answer.initialize(manager, type, new Shape(1, 10));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] shapes) {
            return new Shape[] {new Shape(shapes[0].get(0), 2)};
        }
    }
}
