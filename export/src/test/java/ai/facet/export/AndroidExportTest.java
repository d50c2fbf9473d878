package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.bundle.ModelBundle;
import ai.facet.export.bundle.AndroidAssets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code facet export --android} writes. That the app answers as the desktop does is tested in android-demo. */
class AndroidExportTest {
    @TempDir
    Path folder;

    private Path checkpoint;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        checkpoint = TestModels.writeCheckpoint(
                folder.resolve("best.safetensors"), TestModels.description("tiny", TestModels.tinySpec(), 32), 5);
        model = folder.resolve("assets").resolve("model");
    }

    @Test
    void theAssetsHoldTheBundlesModelAndItsCard() throws IOException {
        CommandRun run = export("bundle");

        assertThat(run.exitCode()).isZero();
        assertThat(model.resolve(ModelBundle.ONNX))
                .hasSameBinaryContentAs(folder.resolve("bundle").resolve(ModelBundle.ONNX));
        assertThat(model.resolve(ModelBundle.MODEL_CARD)).exists();
        assertThat(model).isDirectoryNotContaining("glob:**/*.pt");
    }

    @Test
    void anAppsModelIsReplacedOnRequestOnly() throws IOException {
        assertThat(export("first").exitCode()).isZero();

        CommandRun unasked = export("second");

        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains(model.toString(), "--overwrite");
        assertThat(folder.resolve("second")).doesNotExist();
        assertThat(export("second", "--overwrite").exitCode()).isZero();
    }

    @Test
    void integersComeWithTheirCheckAndTheFloats() throws IOException {
        Path bundle = withIntegers();

        new AndroidAssets(folder.resolve("assets")).write(bundle, true);

        assertThat(model.resolve(ModelBundle.INT8)).hasBinaryContent(new byte[3]);
        assertThat(model.resolve(ModelBundle.INT8_REPORT)).hasContent("{}");
        assertThat(model.resolve(ModelBundle.ONNX)).hasSameBinaryContentAs(bundle.resolve(ModelBundle.ONNX));
    }

    private Path withIntegers() throws IOException {
        assertThat(export("bundle").exitCode()).isZero();
        Path bundle = folder.resolve("bundle");
        Files.write(bundle.resolve(ModelBundle.INT8), new byte[3]);
        Files.writeString(bundle.resolve(ModelBundle.INT8_REPORT), "{}");
        return bundle;
    }

    private CommandRun export(String output, String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                "--checkpoint",
                checkpoint.toString(),
                "--output",
                folder.resolve(output).toString(),
                "--android",
                folder.resolve("assets").toString()));
        arguments.addAll(List.of(further));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
