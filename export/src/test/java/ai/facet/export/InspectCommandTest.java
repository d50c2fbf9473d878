package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.export.fuzz.Mutation;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import onnx.OnnxMl.AttributeProto;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.TensorProto;
import onnx.OnnxMl.ValueInfoProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class InspectCommandTest {
    private static final Path GOLDEN = Path.of("../models/src/test/resources/golden/bundle-v1");
    private static final int MUTATIONS = 300;

    @TempDir
    Path folder;

    private Path onnx = GOLDEN;
    private Path torchScript = GOLDEN;
    private Path checkpoint = GOLDEN;

    @BeforeEach
    void copyModels() throws IOException {
        onnx = Files.copy(GOLDEN.resolve("model.onnx"), folder.resolve("model.onnx"));
        torchScript = Files.copy(GOLDEN.resolve("model.pt"), folder.resolve("model.pt"));
    }

    @Test
    void onnxSaysWhatItIs() {
        JsonObject json = json(onnx);
        assertThat(json.string("kind")).isEqualTo("ONNX");
        assertThat(json.objects("inputs").get(0).string("type")).isEqualTo("uint8");
        assertThat(json.objects("outputs")).extracting(o -> o.string("name")).contains("colour", "colour_logits");
        assertThat(json.object("operators").integer("Conv")).isPositive();
        assertThat(json.integer("parameters")).isPositive();
        assertThat(json.objects("attributes").get(0).strings("classes")).containsExactly("red", "green", "blue");
        assertThat(json.object("preprocessing").integer("widthPx")).isEqualTo(32);
    }

    @Test
    void torchScriptHoldsAsManyParametersAsOnnx() {
        JsonObject json = json(torchScript);
        assertThat(json.string("kind")).isEqualTo("TorchScript");
        assertThat(json.objects("inputs")).extracting(o -> o.string("name")).containsExactly("image");
        assertThat(json.objects("outputs")).extracting(o -> o.string("name")).contains("colour", "size_logits");
        assertThat(json.integer("parameters")).isEqualTo(json(onnx).integer("parameters"));
        assertThat(json.string("name")).isEqualTo("shapes");
    }

    @Test
    void bundleListsFilesAndModels() {
        JsonObject json = json(GOLDEN);
        assertThat(json.objects("models")).extracting(m -> m.string("kind")).containsExactly("ONNX", "TorchScript");
        assertThat(CommandRun.of("inspect", GOLDEN.toString()).out())
                .contains("SHA256SUMS", "red, green, blue", "Conv");
    }

    @Test
    void checkpointListsItsTensors() throws IOException {
        writeCheckpoint();
        JsonObject json = json(checkpoint);
        assertThat(json.string("kind")).isEqualTo("checkpoint");
        assertThat(json.objects("tensors")).isNotEmpty();
        assertThat(json.integer("parameters")).isPositive();
    }

    @Test
    void foreignOnnxIsShown() throws IOException {
        Files.write(
                onnx,
                foreign(TensorProto.newBuilder()
                        .addDims(2)
                        .setDataType(1)
                        .addFloatData(1)
                        .addFloatData(2)));
        JsonObject json = json(onnx);
        assertThat(json.object("operators").integer("com.example:Strange")).isEqualTo(1);
        assertThat(json.integer("parameters")).isEqualTo(2);
        assertThat(json.has("attributes")).isFalse();
    }

    @Test
    void claimsBeyondTheFileAreOneLine() throws IOException {
        Files.write(
                onnx,
                foreign(TensorProto.newBuilder()
                        .addDims(1L << 40)
                        .addDims(1L << 40)
                        .setDataType(1)));
        refused(onnx, "has the shape [1099511627776, 1099511627776]");
        Files.write(onnx, new byte[] {8, 8, 18, 5, 'f', 'a', 'c', 'e', 't', 58, -1, -1, -1, 127});
        refused(onnx, "bytes begins where only", "the model.graph");
    }

    @Test
    void nestingWithoutEndIsOneLine() throws IOException {
        NodeProto node = NodeProto.newBuilder().setOpType("If").build();
        for (int i = 0; i < 60; i++) {
            GraphProto inner = GraphProto.newBuilder().addNode(node).build();
            node = NodeProto.newBuilder()
                    .setOpType("If")
                    .addAttribute(AttributeProto.newBuilder().setName("then").setG(inner))
                    .build();
        }
        Files.write(
                onnx,
                ModelProto.newBuilder()
                        .setGraph(GraphProto.newBuilder().addNode(node))
                        .build()
                        .toByteArray());
        refused(onnx, "levels");
    }

    @Test
    void emptyTruncatedAndOtherFilesAreOneLine() throws IOException {
        for (Path file : List.of(onnx, torchScript)) {
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            refused(file, file.toString());
            Files.write(file, new byte[0]);
            refused(file, "is empty");
        }
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello, I am no model");
        refused(text, "begins with bytes 68 65");
        refused(folder, "is a folder without SHA256SUMS");
    }

    @Test
    void aBombIsOneLine() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(torchScript))) {
            zip.putNextEntry(new ZipEntry("model/code/bomb.py"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 70; i++) {
                zip.write(zeros);
            }
        }
        refused(torchScript, "inflates beyond");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(torchScript))) {
            zip.putNextEntry(new ZipEntry("model/../../etc/x"));
        }
        refused(torchScript, "none outside it");
    }

    @Test
    void mutatedFilesNeverSurprise() throws IOException {
        writeCheckpoint();
        for (Path file : List.of(onnx, torchScript, checkpoint)) {
            byte[] whole = Files.readAllBytes(file);
            for (int seed = 0; seed < MUTATIONS; seed++) {
                Files.write(file, Mutation.mutated(whole, new Random(seed)));
                CommandRun run = CommandRun.of("inspect", file.toString(), "--json");
                assertThat(run.exitCode())
                        .as("seed %s of %s: %s", seed, file, run.err())
                        .isIn(0, 1);
                if (run.exitCode() == 1) {
                    // an unexpected exception offers --verbose on a second line
                    assertThat(run.err().lines())
                            .as("seed %s of %s: %s", seed, file, run.err())
                            .hasSize(1);
                    assertThat(run.err()).contains(String.valueOf(file.getFileName()));
                }
            }
        }
    }

    @Test
    void svgIsWellFormedAndHoldsEachNode() throws Exception {
        Path svg = folder.resolve("graph.svg");
        assertThat(CommandRun.of("inspect", onnx.toString(), "--svg", svg.toString())
                        .exitCode())
                .isZero();
        Document document = parse(svg);
        GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(onnx)).getGraph();
        assertThat(document.getElementsByTagName("rect").getLength())
                .isEqualTo(graph.getNodeCount() + graph.getInputCount() + graph.getOutputCount());
        String text = Files.readString(svg);
        graph.getNodeList().forEach(node -> assertThat(text).contains("name: " + node.getName()));
        assertThat(text).contains("prefers-color-scheme: dark");
        Path again = folder.resolve("again.svg");
        CommandRun.of("inspect", onnx.toString(), "--svg", again.toString());
        assertThat(again).hasSameTextualContentAs(svg);
    }

    @Test
    void svgEscapesWhatFilesSay() throws Exception {
        GraphProto graph = GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType("<script>&\u0001\"").addOutput("y"))
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .build();
        Files.write(onnx, ModelProto.newBuilder().setGraph(graph).build().toByteArray());
        Path svg = folder.resolve("graph.svg");
        assertThat(CommandRun.of("inspect", onnx.toString(), "--svg", svg.toString())
                        .exitCode())
                .isZero();
        assertThat(parse(svg).getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void onlyOnnxIsDrawn() {
        CommandRun run = CommandRun.of(
                "inspect",
                torchScript.toString(),
                "--svg",
                folder.resolve("x.svg").toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("only ONNX graphs are drawn");
    }

    private static Document parse(Path svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    }

    private static byte[] foreign(TensorProto.Builder weight) {
        GraphProto graph = GraphProto.newBuilder()
                .addInitializer(weight.setName("w"))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Strange")
                        .setDomain("com.example")
                        .addInput("w")
                        .addOutput("y"))
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .build();
        return ModelProto.newBuilder().setIrVersion(7).setGraph(graph).build().toByteArray();
    }

    private void writeCheckpoint() throws IOException {
        checkpoint = TestModels.writeCheckpoint(
                folder.resolve("best.safetensors"), TestModels.description("tiny", TestModels.tinySpec(), 32), 5);
    }

    private static JsonObject json(Path file) {
        CommandRun run = CommandRun.of("inspect", file.toString(), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Json.parseObject(run.out(), "out");
    }

    private static void refused(Path file, String... words) {
        CommandRun run = CommandRun.of("inspect", file.toString());
        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).contains(words);
        assertThat(run.err().getBytes(StandardCharsets.UTF_8).length).isLessThan(1000);
    }
}
