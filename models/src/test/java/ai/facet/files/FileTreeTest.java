package ai.facet.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path folder;

    @Test
    void removesWhatItHoldsAndNothingThatLinksPointTo() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.txt"), "mine");
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/b/file"), "x");
        Files.createSymbolicLink(tree.resolve("a/link"), kept);
        Files.createSymbolicLink(tree.resolve("up"), folder);

        FileTree.remove(tree);

        assertThat(tree).doesNotExist();
        assertThat(kept).hasContent("mine");
    }

    @Test
    void aFileIsATreeAndWhatIsNotThereIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        FileTree.remove(file);
        FileTree.remove(file);

        assertThat(folder).isEmptyDirectory();
    }
}
