package ai.facet.export.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.export.TestBlocks;
import ai.facet.export.TestModels;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.Road;
import ai.facet.heat.ClassMapGrids;
import ai.facet.json.Json;
import ai.facet.network.CellGrid;
import ai.facet.network.MapPlace;
import ai.facet.prediction.Softmax;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import onnx.OnnxMl.ModelProto;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleExporterTest {
    private static final int SIDE_PX = 16;
    private static final double TEMPERATURE = 1.7;

    @TempDir
    Path folder;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private Path bundle = Path.of("set before each test");

    @BeforeEach
    void nameBundle() {
        bundle = folder.resolve("person");
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void writesABundleThatOpens() throws IOException {
        ExportSummary summary = exporter(network()).write(bundle, List.of(noise(1), noise(2)), false);
        assertThat(summary.parity().passed()).isTrue();
        assertThat(summary.parity().realImages()).isEqualTo(2);
        assertThat(summary.toText()).contains("colour_logits", "torchscript - djl", "onnx - djl", "model.pt");
        assertThat(ModelBundle.open(bundle).description().toText())
                .isEqualTo(description().toText());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(bundle);
        }
        assertThat(Files.readString(bundle.resolve(ModelBundle.MODEL_CARD)))
                .contains("red, green, blue", "Not for decisions about a person", "accuracy: 0.5");
    }

    @Test
    void modelCarriesItsDescriptionAndSignature() throws IOException {
        exporter(network()).write(bundle, List.of(), false);
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(bundle.resolve(ModelBundle.ONNX)));
        assertThat(model.getMetadataProps(0).getKey()).isEqualTo("facet.model");
        assertThat(model.getMetadataProps(0).getValue()).isEqualTo(description().toText());
        assertThat(model.getGraph().getOutputList())
                .extracting(o -> o.getName())
                .containsExactly("colour", "colour_logits", "shape", "shape_logits");
        assertThat(model.getGraph().getNodeList())
                .extracting(n -> n.getOpType())
                .doesNotContain("BatchNormalization", "Dropout", "Identity")
                .containsSubsequence("Transpose", "Cast", "Sub", "Conv");
    }

    @Test
    void probabilitiesUseTheTemperature() throws IOException {
        exporter(network()).write(bundle, List.of(), false);
        ImageBatch image = ImageBatch.random(new Random(3), DataType.UINT8, 1, List.of(16L, 16L, 3L));
        try (Road onnx = EngineRoad.onnx(bundle.resolve(ModelBundle.ONNX));
                Road torch = EngineRoad.torchScript(bundle.resolve(ModelBundle.TORCHSCRIPT))) {
            for (Road road : List.of(onnx, torch)) {
                Map<String, float[]> outputs = road.run(image);
                float[] logits = outputs.getOrDefault("shape_logits", new float[0]);
                assertThat(outputs.get("shape")).containsExactly(Softmax.of(logits, TEMPERATURE), Offset.offset(1e-6f));
            }
        }
    }

    @Test
    void sameWeightsGiveTheSameBytes() throws IOException {
        exporter(network()).write(bundle, List.of(), false);
        exporter(network()).write(folder.resolve("again"), List.of(), false);
        assertThat(folder.resolve("again").resolve(ModelBundle.CHECKSUMS))
                .hasSameTextualContentAs(bundle.resolve(ModelBundle.CHECKSUMS));
    }

    @Test
    void replacesABundleOnlyWhenAsked() throws IOException {
        exporter(network()).write(bundle, List.of(), false);
        assertThatThrownBy(() -> exporter(network()).write(bundle, List.of(), false))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--overwrite");
        exporter(network()).write(bundle, List.of(), true);
        ModelBundle.open(bundle);
    }

    @Test
    void neverTouchesAFolderThatIsNoBundle() throws IOException {
        Files.createDirectories(bundle);
        Files.writeString(bundle.resolve("thesis.txt"), "three years of work");
        assertThatThrownBy(() -> exporter(network()).write(bundle, List.of(), true))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is no bundle");
        assertThat(bundle.resolve("thesis.txt")).exists();
    }

    @Test
    void disagreementPublishesNothingAndKeepsTheOldBundle() throws IOException {
        exporter(network()).write(bundle, List.of(), false);
        String before = Files.readString(bundle.resolve(ModelBundle.CHECKSUMS));
        AtomicInteger runs = new AtomicInteger();
        Block unfaithful = new SequentialBlock()
                .add(network())
                .add(new LambdaBlock(list -> shifted(list, runs.incrementAndGet() > 2 ? 0.01f : 0)));
        assertThatThrownBy(() -> exporter(unfaithful).write(bundle, List.of(), true))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("TOO FAR")
                .extracting(e -> ((UserException) e).exitCode())
                .isEqualTo(3);
        assertThat(bundle.resolve(ModelBundle.CHECKSUMS)).hasContent(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(bundle);
        }
    }

    @Test
    void parityFileNamesTheArtifacts() throws IOException {
        exporter(network()).write(bundle, List.of(), false);
        var json = Json.parseObject(Files.readString(bundle.resolve(ModelBundle.PARITY)), "parity.json");
        assertThat(json.object("report").bool("passed")).isTrue();
        assertThat(json.object("report").objects("differences")).hasSize(6);
        assertThat(json.object("artifactsSha256").keys()).containsExactly("model.onnx", "model.pt");
    }

    @Test
    void classMapsAreOneMoreCheckedArtifact() throws IOException {
        ModelDescription tiny = TestModels.description("tiny", TestModels.tinySpec(), 32);
        for (String name : List.of("person", "again")) {
            ExportSummary summary = new BundleExporter(
                            TestModels.network(tiny, manager, 3), tiny, new BundleOptions(true, false, null))
                    .write(folder.resolve(name), List.of(), false);
            assertThat(summary.toText()).contains("explain - djl", "onnx - explain", "model.explain.onnx");
        }

        ModelBundle opened = ModelBundle.open(bundle);
        assertThat(folder.resolve("again").resolve(ModelBundle.CHECKSUMS))
                .hasSameTextualContentAs(bundle.resolve(ModelBundle.CHECKSUMS));
        assertThat(Files.readString(bundle.resolve(ModelBundle.CHECKSUMS))).contains("  model.explain.onnx\n");
        var json = Json.parseObject(Files.readString(bundle.resolve(ModelBundle.PARITY)), "parity.json");
        assertThat(json.object("artifactsSha256").keys()).contains("model.explain.onnx");
        assertThat(json.object("report").objects("differences")).hasSize(6 * 3);
        assertThat(Files.readString(bundle.resolve(ModelBundle.MODEL_CARD))).contains("<id>_cam");
        ModelProto model =
                ModelProto.parseFrom(Files.readAllBytes(opened.explain().orElseThrow()));
        assertThat(model.getGraph().getOutputList())
                .extracting(o -> o.getName())
                .endsWith("size", "size_logits", "colour_cam", "shape_cam", "size_cam");
        assertThat(model.getMetadataPropsList())
                .extracting(p -> p.getKey())
                .containsExactly("facet.model", "facet.class-maps");
        assertThat(ClassMapGrids.parse(model.getMetadataProps(1).getValue(), "maps", tiny.schema())
                        .grids())
                .containsOnly(CellGrid.of(tiny.network(), MapPlace.of(tiny.network(), "tower"), 32, 32));
    }

    private BundleExporter exporter(Block network) {
        return new BundleExporter(network, description(), BundleOptions.PLAIN);
    }

    private Block network() {
        Block network = TestBlocks.twoHeads();
        TestBlocks.randomise(network, manager, 11, new Shape(1, SIDE_PX, SIDE_PX, 3));
        return network;
    }

    private static NDList shifted(NDList logits, float by) {
        NDList shifted = new NDList();
        for (NDArray array : logits) {
            NDArray moved = array.add(by);
            moved.setName(array.getName());
            shifted.add(moved);
        }
        return shifted;
    }

    private static byte[] noise(long seed) {
        byte[] pixels = new byte[SIDE_PX * SIDE_PX * 3];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    private static ModelDescription description() {
        List<Attribute> attributes = Arrays.asList(
                new Attribute("colour", "Colour", List.of("red", "green", "blue")),
                new Attribute("shape", "Shape", List.of("round", "square")));
        return new ModelDescription(
                "shapes",
                new AttributeSchema(attributes),
                Preprocessing.square(SIDE_PX),
                TestModels.tinySpec(),
                List.of(Calibration.NONE, new Calibration(TEMPERATURE, 0.4)),
                Map.of("metrics", Map.of("colour", Map.of("accuracy", 0.5))),
                "Apache-2.0");
    }
}
