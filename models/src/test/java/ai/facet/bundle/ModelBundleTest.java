package ai.facet.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelBundleTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeABundle() throws IOException {
        for (String file : List.of(ModelBundle.DESCRIPTION, ModelBundle.ONNX)) {
            try (InputStream in = ModelBundleTest.class.getResourceAsStream("/golden/bundle-v1/" + file)) {
                Files.copy(Objects.requireNonNull(in), folder.resolve(file));
            }
        }
        ModelBundle.writeChecksums(folder);
    }

    @Test
    void opensWhatWasWritten() throws IOException {
        ModelBundle bundle = ModelBundle.open(folder);

        assertThat(bundle.description().name()).isEqualTo("shapes");
        assertThat(bundle.onnx()).isRegularFile();
        assertThat(bundle.summary()).isEqualTo("shapes: colour(3), shape(2), size(4) from 32x32 px");
        assertThat(ModelBundle.isBundle(folder)).isTrue();
        assertThat(Files.readString(folder.resolve(ModelBundle.CHECKSUMS)))
                .matches("[0-9a-f]{64}  model.json\n[0-9a-f]{64}  model.onnx\n");
    }

    @Test
    void noticesAChangedFile() throws IOException {
        byte[] onnx = Files.readAllBytes(folder.resolve("model.onnx"));
        onnx[onnx.length / 2] ^= 1;
        Files.write(folder.resolve("model.onnx"), onnx);

        assertRefused("model.onnx is damaged: SHA-256 is ", "expected ", "Copy or export the bundle again");
    }

    @Test
    void noticesAMissingFile() throws IOException {
        Files.delete(folder.resolve("model.onnx"));

        assertRefused("model.onnx is missing though SHA256SUMS lists it");
    }

    @Test
    void anInterruptedExportIsNoBundle() throws IOException {
        Files.delete(folder.resolve(ModelBundle.CHECKSUMS));

        assertRefused("has no SHA256SUMS", "run it again");
        assertThat(ModelBundle.isBundle(folder)).isFalse();
    }

    @Test
    void everyRequiredFileMustBeListed() throws IOException {
        Files.delete(folder.resolve("model.onnx"));
        ModelBundle.writeChecksums(folder);

        assertRefused("SHA256SUMS does not list model.onnx");
    }

    @Test
    void aBundleWithoutClassMapsSaysSo() throws IOException {
        assertThat(ModelBundle.open(folder).explain()).isEmpty();

        Files.copy(folder.resolve(ModelBundle.ONNX), folder.resolve(ModelBundle.EXPLAIN));
        ModelBundle.writeChecksums(folder);

        assertThat(ModelBundle.open(folder).explain()).contains(folder.resolve(ModelBundle.EXPLAIN));
    }

    @Test
    void anOptionalFileThatIsNotListedIsRefused() throws IOException {
        Files.copy(folder.resolve(ModelBundle.ONNX), folder.resolve(ModelBundle.EXPLAIN));

        assertRefused("SHA256SUMS does not list model.explain.onnx, which lies beside it");
    }

    @Test
    void checksumsMayNotLeaveTheFolder() throws IOException {
        for (String name : List.of("../secret", "a/b", "/etc/passwd", "..", ".hidden", "a b")) {
            Files.writeString(folder.resolve(ModelBundle.CHECKSUMS), "0".repeat(64) + "  " + name + "\n");
            assertRefused("SHA256SUMS:1: ", "a file name without a folder");
        }
    }

    @Test
    void whatSystemsAndKillsLeaveInAFolderIsNoPartOfIt() throws IOException {
        Files.writeString(folder.resolve(".DS_Store"), "x");
        Files.writeString(folder.resolve("SHA256SUMS.facet-tmp"), "half");
        ModelBundle.writeChecksums(folder);

        assertThat(ModelBundle.open(folder).folder()).isEqualTo(folder);
    }

    @Test
    void anyBytesInTheChecksumsGetALineNumber() throws IOException {
        Files.write(folder.resolve(ModelBundle.CHECKSUMS), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 10});

        assertRefused("SHA256SUMS:1: ");
    }

    @Test
    void aDescriptionOfANewerFormatIsNamed() throws IOException {
        Path file = folder.resolve(ModelBundle.DESCRIPTION);
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(file, text.replace("\"formatVersion\": 1", "\"formatVersion\": 9"));
        ModelBundle.writeChecksums(folder);

        assertRefused("formatVersion: is 9", "Use a newer Facet");
    }

    @Test
    void aFileOrNothingIsNoBundle() {
        assertThatThrownBy(() -> ModelBundle.open(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("expected a bundle");
        assertThatThrownBy(() -> ModelBundle.open(folder.resolve("model.onnx")))
                .hasMessageContaining("is not a folder");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> ModelBundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageContainingAll(parts);
    }
}
