package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.ExitCodes;
import ai.facet.description.ModelDescription;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.TensorProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    private Path checkpoint = Path.of("set before each test");
    private Path bundle = Path.of("set before each test");

    @BeforeEach
    void export() throws IOException {
        ModelDescription description = TestModels.description("tiny", TestModels.tinySpec(), 32);
        checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), description, 5);
        bundle = folder.resolve("bundle");
        CommandRun run = CommandRun.of(
                "export", "--checkpoint", checkpoint.toString(), "--output", bundle.toString(), "--explain");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void aFreshBundleAgreesWithItsCheckpoint() throws IOException {
        Path report = folder.resolve("report.json");
        CommandRun run = verify("--checkpoint", checkpoint.toString(), "--json", "--output", report.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(report)).isEqualTo(run.out());
        JsonObject json = Json.parseObject(run.out(), "report");
        assertThat(json.bool("passed")).isTrue();
        assertThat(json.string("reference")).isEqualTo("best.safetensors");
        assertThat(json.objects("artifacts"))
                .extracting(a -> a.string("file"))
                .containsExactly("best.safetensors", "model.onnx", "model.pt", "model.explain.onnx");
        assertThat(json.objects("artifacts"))
                .allSatisfy(a -> assertThat(a.number("medianMillis")).isPositive());
        assertThat(json.objects("artifacts").get(1).objects("attributes"))
                .extracting(a -> a.string("attribute"))
                .containsExactly("colour", "shape", "size");
    }

    @Test
    void aBundleThatIsNotThereIsABadArgument() {
        CommandRun run = CommandRun.of("verify", folder.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(run.err()).contains("none does not exist; expected a bundle written by facet export");
    }

    @Test
    void integersAndHalfWeightsAreJudgedByTheirOwnMeasures() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < 8; i++) {
            DrawnPicture.write(pictures.resolve(i + ".png"), i, 32);
        }
        CommandRun export = CommandRun.of(
                "export",
                "--checkpoint",
                checkpoint.toString(),
                "--output",
                bundle.toString(),
                "--overwrite",
                "--fp16",
                "--int8",
                "--calibrate",
                pictures.toString(),
                "--max-int8-loss",
                "0.5");
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(Files.size(bundle.resolve(ModelBundle.HALF_WEIGHTS)))
                .isLessThan(Files.size(bundle.resolve(ModelBundle.ONNX)));

        JsonObject json = Json.parseObject(verify("--json").out(), "report");
        assertThat(json.bool("passed")).isTrue();
        List<JsonObject> artifacts = json.objects("artifacts");
        assertThat(artifacts)
                .extracting(a -> a.string("file"))
                .containsExactly("model.onnx", "model.pt", "model.fp16.onnx", "model.int8.onnx");
        assertThat(artifacts.get(2).objects("attributes"))
                .allSatisfy(a -> assertThat(a.number("largest")).isPositive());
        assertThat(artifacts.get(3).objects("attributes")).allSatisfy(a -> {
            assertThat(a.integer("stored")).isEqualTo(8);
            assertThat(a.integer("storedSame")).isEqualTo(8);
        });

        // another answer in the bundle's own check, as another processor's integers would give
        Path report = bundle.resolve(ModelBundle.INT8_REPORT);
        String text = Files.readString(report);
        int at = text.indexOf("\"shape\": [", text.indexOf("selfCheck"));
        int end = text.indexOf(']', at);
        String answers = text.substring(at, end);
        String others = answers.contains("\"round\"")
                ? answers.replaceFirst("\"round\"", "\"square\"")
                : answers.replaceFirst("\"square\"", "\"round\"");
        Files.writeString(report, text.substring(0, at) + others + text.substring(end));
        ModelBundle.writeChecksums(bundle);
        CommandRun run = verify();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("model.int8.onnx gives 1 of 8 drawn pictures another class of shape");
    }

    @Test
    void aChangedWeightIsNamed() throws IOException {
        ModelProto.Builder model =
                ModelProto.parseFrom(Files.readAllBytes(bundle.resolve(ModelBundle.ONNX))).toBuilder();
        // the exponent's byte of the first weight that is large enough to be one of a convolution
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            if (tensor.getDimsCount() == 4 && tensor.getRawData().size() > 100) {
                byte[] bytes = tensor.getRawData().toByteArray();
                bytes[3] ^= 2;
                tensor.setRawData(ByteString.copyFrom(bytes));
                break;
            }
        }
        Files.write(bundle.resolve(ModelBundle.ONNX), model.build().toByteArray());
        ModelBundle.writeChecksums(bundle);
        CommandRun run = verify();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("model.pt and model.onnx differ by", " on colour");
        assertThat(run.out()).contains("FAILED");
    }

    @Test
    void damageIsFoundBeforeAnythingIsLoaded() throws IOException {
        byte[] bytes = Files.readAllBytes(bundle.resolve(ModelBundle.TORCHSCRIPT));
        Files.write(bundle.resolve(ModelBundle.TORCHSCRIPT), Arrays.copyOf(bytes, bytes.length - 1));
        CommandRun run = verify();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("model.pt is damaged");
    }

    @Test
    void aTruncatedArchiveIsAMessage() throws IOException {
        byte[] bytes = Files.readAllBytes(bundle.resolve(ModelBundle.TORCHSCRIPT));
        Files.write(bundle.resolve(ModelBundle.TORCHSCRIPT), Arrays.copyOf(bytes, bytes.length / 2));
        ModelBundle.writeChecksums(bundle);
        CommandRun run = verify();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("while it loaded", "model.pt");
    }

    @Test
    void badArgumentsAreNamed() {
        assertThat(verify("--rounds", "0").err()).contains("--rounds is 0; expected 1 to");
        assertThat(verify("--timeout", "0").exitCode()).isEqualTo(2);
    }

    private CommandRun verify(String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "verify";
        args[1] = bundle.toString();
        args[2] = "--seed";
        args[3] = "11";
        System.arraycopy(more, 0, args, 4, more.length);
        return CommandRun.of(args);
    }
}
