package ai.facet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritableFolderTest {
    @TempDir
    private Path temp;

    @Test
    void leavesNothingBehind() {
        WritableFolder.require("--output", temp.resolve("a").resolve("b"));
        WritableFolder.require("--output", temp);

        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void namesOptionAndFolderWhereNoFolderCanBe() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> WritableFolder.require("--output", file.resolve("a")))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCodes.BAD_ARGUMENTS))
                .hasMessageStartingWith("--output " + file.resolve("a") + " cannot be written to (");
        assertThat(file).isEmptyFile();
    }

    @Test
    void aNewFolderIsOneThatIsNotThereOrEmpty() throws IOException {
        WritableFolder.requireNew("--output", temp, "");
        WritableFolder.requireNew("--output", temp.resolve("new"), "");
        assertThat(temp).isEmptyDirectory();
        Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> WritableFolder.requireNew("--output", temp, ", or add --overwrite"))
                .hasMessage("--output " + temp + " is already there and not empty. Choose another folder, or add"
                        + " --overwrite");
        assertThatThrownBy(() -> WritableFolder.requireNew("--output", temp.resolve("file"), ""))
                .isInstanceOf(UserException.class);
    }
}
