package ai.facet.export.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFolderTest {
    @TempDir
    Path folder;

    private Path target = Path.of("set before each test");

    @BeforeEach
    void nameTarget() {
        target = folder.resolve("model");
    }

    @Test
    void anInterruptedReplacementIsUndoneByTheNextExport() throws IOException {
        bundle(folder.resolve("model.facet-old"), "old"); // killed between the two renames
        bundle(folder.resolve("model.facet-tmp"), "half");
        try (StagedFolder staged = new StagedFolder(target, true)) {
            assertThat(target.resolve("content")).hasContent("old");
            assertThat(staged.path()).isEmptyDirectory();
        }
        assertThat(target.resolve("content")).hasContent("old");
        assertThat(folder.resolve("model.facet-tmp")).doesNotExist();
    }

    @Test
    void publishingReplacesAndLeavesNothingBeside() throws IOException {
        bundle(target, "old");
        try (StagedFolder staged = new StagedFolder(target, true)) {
            bundle(staged.path(), "new");
            assertThat(target.resolve("content")).hasContent("old");
            staged.publish();
        }
        assertThat(target.resolve("content")).hasContent("new");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void unpublishedIsRemoved() throws IOException {
        try (StagedFolder staged = new StagedFolder(target, false)) {
            bundle(staged.path(), "half");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static void bundle(Path where, String content) throws IOException {
        Files.createDirectories(where);
        Files.writeString(where.resolve(ModelBundle.DESCRIPTION), "{}");
        Files.writeString(where.resolve(ModelBundle.CHECKSUMS), "");
        Files.writeString(where.resolve("content"), content);
    }
}
