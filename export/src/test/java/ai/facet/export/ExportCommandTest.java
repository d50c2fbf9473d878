package ai.facet.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.FacetCommands;
import ai.facet.description.ModelDescription;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExportCommandTest {
    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @Test
    void exportsACheckpointUnderAnotherName() throws IOException {
        Path checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), tiny(), 5);
        assertThat(export(checkpoint, "--name", "toys")).isZero();
        assertThat(out).contains("colour_logits", "shape_logits", "size_logits", "onnx - djl", "parameters", "bundle");
        ModelDescription description = ModelBundle.open(bundle()).description();
        assertThat(description.name()).isEqualTo("toys");
        assertThat(description.network()).isEqualTo(TestModels.tinySpec());
    }

    @ParameterizedTest
    @CsvSource({"facet-s, 64", "bottleneck-skip, 48"})
    void presetsExport(String preset, int sidePx) throws IOException {
        ModelDescription description = TestModels.description(preset, Presets.byName(preset), sidePx);
        Path checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), description, 6);
        assertThat(export(checkpoint)).as(err).isZero();
    }

    @Test
    void aNetworkThatIsJavaCodeExports() throws IOException {
        NetworkSpec stock = NetworkSpec.ofFactory(StockFactory.class.getName());
        Path checkpoint = TestModels.writeCheckpoint(
                folder.resolve("best.safetensors"), TestModels.description("stock", stock, 32), 6);
        assertThat(export(checkpoint)).as(err).isZero();
        assertThat(ModelBundle.open(bundle()).description().network()).isEqualTo(stock);
    }

    @Test
    void damagedCheckpointIsOneLineAndNoBundle() throws IOException {
        Path checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), tiny(), 5);
        byte[] bytes = Files.readAllBytes(checkpoint);
        bytes[bytes.length - 9] ^= 1;
        Files.write(checkpoint, bytes);
        assertThat(export(checkpoint)).isEqualTo(1);
        assertThat(err.lines()).singleElement().asString().contains("best.safetensors");
        assertThat(bundle()).doesNotExist();
    }

    @Test
    void missingCheckpointAndBadNameAreUserErrors() throws IOException {
        assertThat(export(folder.resolve("none.safetensors"))).isEqualTo(2);
        assertThat(err).contains("none.safetensors");
        Path checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), tiny(), 5);
        assertThat(export(checkpoint, "--name", "no spaces")).isEqualTo(2);
        assertThat(err).contains("--name", "no spaces");
    }

    @Test
    void existingBundleNeedsOverwrite() throws IOException {
        Path checkpoint = TestModels.writeCheckpoint(folder.resolve("best.safetensors"), tiny(), 5);
        assertThat(export(checkpoint)).isZero();
        assertThat(export(checkpoint)).isEqualTo(2);
        assertThat(err).contains("--overwrite");
        assertThat(export(checkpoint, "--overwrite")).isZero();
    }

    private static ModelDescription tiny() {
        return TestModels.description("tiny", TestModels.tinySpec(), 32);
    }

    private Path bundle() {
        return folder.resolve("bundle");
    }

    private int export(Path checkpoint, String... more) {
        List<String> args = new ArrayList<>(
                List.of("export", "--checkpoint", checkpoint.toString(), "--output", bundle().toString()));
        args.addAll(List.of(more));
        PrintStream before = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        StringWriter errors = new StringWriter();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            CommandLine commandLine = FacetCommands.commandLine(new ExportMain());
            commandLine.setErr(new PrintWriter(errors, true));
            return commandLine.execute(args.toArray(new String[0]));
        } finally {
            System.setOut(before);
            out = captured.toString(StandardCharsets.UTF_8);
            err = errors.toString();
        }
    }
}
