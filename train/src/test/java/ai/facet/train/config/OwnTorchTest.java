package ai.facet.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTorchTest {
    @TempDir
    Path torch;

    @Test
    void acceptsTheWantedVersion() throws IOException {
        Path lib = libraries();
        Files.writeString(torch.resolve("build-version"), "2.7.1+cu128\n");

        assertThatCode(() -> OwnTorch.check(Map.of(OwnTorch.PATH, lib.toString())))
                .doesNotThrowAnyException();
    }

    @Test
    void aBundledAndAnOwnBuildOfOneVersionAreToldApart() {
        assertThat(TorchEngine.build("2.7.1", Map.of())).isEqualTo("2.7.1 (bundled)");
        assertThat(TorchEngine.build("2.7.1", Map.of(OwnTorch.PATH, "/torch/lib", OwnTorch.FLAVOR, "cu128")))
                .isEqualTo("2.7.1 cu128 (own)");
    }

    @Test
    void refusesAFolderWithoutLibtorch() throws IOException {
        libraries();

        assertThatThrownBy(() -> OwnTorch.check(Map.of(OwnTorch.PATH, torch.toString())))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContainingAll(torch.toString(), "folder \"lib\"", "2.7.1");
    }

    @Test
    void refusesAWheelOfAnotherVersion() throws IOException {
        Path lib = libraries();
        Files.writeString(torch.resolve("version.py"), "from typing import Optional\n__version__ = '2.13.0+cpu'\n");

        assertThatThrownBy(() -> OwnTorch.check(Map.of(OwnTorch.PATH, lib.toString())))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll("version.py", "2.13.0", "expected 2.7.1", "PYTORCH_VERSION=2.13.0");
    }

    @Test
    void acceptsAnotherVersionThatIsAskedFor() throws IOException {
        Path lib = libraries();
        Files.writeString(torch.resolve("version.py"), "__version__ = '2.11.0+cu130'\n");

        assertThatCode(() -> OwnTorch.check(Map.of(OwnTorch.PATH, lib.toString(), OwnTorch.VERSION, "2.11.0")))
                .doesNotThrowAnyException();
    }

    private Path libraries() throws IOException {
        Path lib = Files.createDirectory(torch.resolve("lib"));
        Files.createFile(lib.resolve(System.mapLibraryName("torch")));
        return lib;
    }
}
