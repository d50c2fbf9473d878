package ai.facet.files;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileKindTest {
    @TempDir
    private Path folder;

    @Test
    void aCheckpointWhereAModelWasExpectedNamesTheWayToOne() throws IOException {
        Path file = bytes("best.safetensors", "\u0002\0\0\0\0\0\0\0{}");

        assertThat(ModelFileKind.of(file)).isEqualTo(ModelFileKind.CHECKPOINT);
        assertThat(ModelFileKind.insteadOfExported(file))
                .startsWith(file + " is a checkpoint; expected a bundle or an .onnx file.")
                .contains("facet export --checkpoint " + file, "facet evaluate --checkpoint " + file);
        assertThat(ModelFileKind.insteadOfCheckpoint(file)).isEmpty();
    }

    @Test
    void aRunFolderNamesItsCheckpoint() throws IOException {
        Path file = bytes("best.safetensors", "x");

        assertThat(ModelFileKind.insteadOfExported(folder)).contains("facet export --checkpoint " + file);
        assertThat(ModelFileKind.insteadOfCheckpoint(folder)).endsWith(file.toString());
    }

    @Test
    void aBundleAnOnnxFileAndTorchScriptAreNoCheckpoints() throws IOException {
        Path onnx = bytes("model.onnx", "\b\b\u0012\u0005facet");
        Path script = bytes("model.pt", "PK\u0003\u0004\0\0\0\0\0\0");
        bytes("SHA256SUMS", "");

        for (Path path : new Path[] {onnx, script, folder}) {
            Assertions.assertThatThrownBy(() -> Checkpoint.read(path))
                    .hasMessageStartingWith(path + " is a")
                    .hasMessageContaining("expected a checkpoint");
        }
        assertThat(ModelFileKind.insteadOfExported(script)).contains("is TorchScript");
        assertThat(ModelFileKind.insteadOfExported(onnx)).isEmpty();
    }

    @Test
    void cutAndAbsentFilesAreLeftToTheirReaders() throws IOException {
        assertThat(ModelFileKind.of(folder.resolve("nothing"))).isEqualTo(ModelFileKind.OTHER);
        assertThat(ModelFileKind.of(bytes("cut", "\u0007\0\0\0\0\0\0\0{"))).isEqualTo(ModelFileKind.OTHER);
        assertThat(ModelFileKind.of(bytes("empty", ""))).isEqualTo(ModelFileKind.OTHER);
    }

    private Path bytes(String name, String latin1) throws IOException {
        return Files.write(folder.resolve(name), latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
