package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import ai.facet.bundle.ModelBundle;
import ai.facet.cli.FacetCommands;
import ai.facet.description.ModelDescription;
import ai.facet.export.parity.RealImages;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.schema.Attribute;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import ai.facet.serve.inference.PrecisionChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code facet export --int8} with a tiny network of random weights. */
class Int8ExportTest {
    private static final int SIDE_PX = 32;
    private static final int PICTURES = 40;

    @TempDir
    Path folder;

    private final ModelDescription description = TestModels.description("tiny", TestModels.tinySpec(), SIDE_PX);
    private final StringWriter err = new StringWriter();
    private Path checkpoint = Path.of("set before each test");

    @BeforeEach
    void drawPictures() throws IOException {
        checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), description, 20);
        for (String set : List.of("seen", "heldout")) {
            StringBuilder csv = new StringBuilder("image_path,Colour,Shape,Size of it\n");
            Files.createDirectories(folder.resolve(set));
            for (int n = 0; n < PICTURES; n++) {
                DrawnPicture.write(folder.resolve(set).resolve(n + ".png"), set.equals("seen") ? n : 1000 + n, SIDE_PX);
                csv.append(set).append('/').append(n).append(".png");
                for (Attribute attribute : description.schema().attributes()) {
                    csv.append(',').append(attribute.classes().get(n % attribute.classCount()));
                }
                csv.append('\n');
            }
            Files.writeString(folder.resolve(set + ".csv"), csv);
        }
    }

    @Test
    void writesAComparedModelAndTheSameBytesAgain() throws IOException {
        for (String name : List.of("one", "two")) {
            assertThat(export(name, "--calibrate", csv("seen"), "--evaluate", csv("heldout"), "--max-int8-loss", "0.2"))
                    .as(err.toString())
                    .isZero();
        }

        ModelBundle bundle = ModelBundle.open(folder.resolve("one"));
        assertThat(bundle.int8()).isPresent();
        for (String file : List.of(ModelBundle.INT8, ModelBundle.INT8_REPORT)) {
            assertThat(folder.resolve("two").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
        JsonObject report = report();
        assertThat(report.int32("formatVersion")).isEqualTo(1);
        assertThat(report.string("sha256"))
                .isEqualTo(ai.facet.files.Sha256.of(bundle.folder().resolve("model.int8.onnx")));
        assertThat(report.int32("calibrationPictures")).isEqualTo(PICTURES);
        assertThat(report.int32("convolutions") - report.int32("quantizedConvolutions"))
                .isEqualTo(3);
        JsonObject evaluation = report.object("evaluation");
        assertThat(evaluation.bool("heldOut")).isTrue();
        assertThat(evaluation.int32("pictures")).isEqualTo(PICTURES);
        assertThat(evaluation.objects("attributes")).hasSize(3);
        assertThat(evaluation.objects("attributes").get(2).object("difference").keys())
                .containsExactly("value", "low", "high");
        assertThat(evaluation.objects("attributes").get(0).has("calibrationError"))
                .isTrue();
        assertThat(Files.readString(bundle.folder().resolve(ModelBundle.MODEL_CARD)))
                .contains("model.int8.onnx");
        assertThat(Files.readString(bundle.folder().resolve(ModelBundle.PARITY)))
                .contains("model.int8.onnx");
    }

    @Test
    void refusesWhatLosesMoreThanAllowed() {
        int exit = export(
                "one",
                "--calibrate",
                csv("seen"),
                "--evaluate",
                csv("heldout"),
                "--max-int8-loss",
                "0",
                "--calibration-images",
                "1",
                "--calibration-method",
                "percentile",
                "--int8-weight-bits",
                "7");

        assertThat(exit).isEqualTo(3);
        assertThat(err.toString()).contains("int8 loses too much; no bundle written", "--max-int8-loss", "colour");
        assertThat(folder.resolve("one")).doesNotExist();
        assertThat(folder.resolve("one.facet-tmp")).doesNotExist();
    }

    @Test
    void withoutHeldOutPicturesTheReportSaysSo() throws IOException {
        assertThat(export("one", "--calibrate", folder.resolve("seen").toString(), "--max-int8-loss", "0.3"))
                .as(err.toString())
                .isZero();
        assertThat(report().object("evaluation").bool("heldOut")).isFalse();
        assertThat(report().object("evaluation").has("meanBalancedAccuracy")).isFalse();
    }

    @Test
    void namesOptionsThatDoNotFit() {
        assertThat(run("one")).isEqualTo(2);
        assertThat(err.toString()).contains("--int8 needs --calibrate");
        assertThat(export("one", "--calibrate", csv("seen"), "--evaluate", csv("seen")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--evaluate and --calibrate are the same file");
        assertThat(export("one", "--calibrate", csv("seen"), "--int8-weight-bits", "4"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--int8-weight-bits is 4; expected 8 or 7");
        assertThat(export("one", "--calibrate", csv("seen"), "--calibration-method", "kl"))
                .isEqualTo(2);
    }

    /** A processor whose integer arithmetic differs is played by a check with other answers. */
    @Test
    void aModelThatFailsItsCheckGivesWayToFloats() throws IOException {
        assertThat(export("one", "--calibrate", csv("seen"), "--max-int8-loss", "0.3"))
                .isZero();
        Path bundle = folder.resolve("one");
        float[] floats = logits(bundle, PrecisionChoice.FP32);
        float[] integers = logits(bundle, PrecisionChoice.AUTO);
        Path file = bundle.resolve(ModelBundle.INT8_REPORT);
        String text = Files.readString(file);
        String round = text.contains("\"round\"") ? "\"round\"" : "\"square\"";
        Files.writeString(file, text.replaceFirst(round, round.equals("\"round\"") ? "\"square\"" : "\"round\""));
        ModelBundle.writeChecksums(bundle);

        assertThat(integers).isNotEqualTo(floats);
        assertThat(logits(bundle, PrecisionChoice.AUTO)).isEqualTo(floats);
    }

    private float[] logits(Path bundle, PrecisionChoice precision) throws IOException, EngineException {
        List<byte[]> pixels = RealImages.load(folder.resolve("heldout"), description.preprocessing());
        ByteBuffer first = ByteBuffer.allocateDirect(pixels.get(0).length).put(pixels.get(0));
        try (OnnxModel opened = OnnxModel.open(bundle, InferenceOptions.DEFAULT.with(precision))) {
            return opened.run(first, 1).logits().get(0);
        }
    }

    private JsonObject report() throws IOException {
        return Json.parseObject(Files.readString(folder.resolve("one").resolve(ModelBundle.INT8_REPORT)), "int8.json");
    }

    private String csv(String set) {
        return folder.resolve(set + ".csv").toString();
    }

    private int export(String output, String... more) {
        return run(output, more);
    }

    private int run(String output, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--checkpoint",
                checkpoint.toString(),
                "--output",
                folder.resolve(output).toString(),
                "--name",
                "tiny",
                "--int8"));
        args.addAll(List.of(more));
        CommandLine line = FacetCommands.commandLine(new ExportCommand());
        line.setErr(new PrintWriter(err, true));
        return line.execute(args.toArray(String[]::new));
    }
}
