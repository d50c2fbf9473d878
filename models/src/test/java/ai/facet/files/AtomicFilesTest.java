package ai.facet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AtomicFilesTest {
    @TempDir
    private Path folder;

    private enum Step {
        CREATE,
        WRITE,
        CLOSE,
        SYNC_FILE,
        RENAME
    }

    /** A full disk at one step; everything else is real. */
    private record FullDiskAt(Step failing, List<String> calls) implements FileLayer {
        @Override
        public OutputStream create(Path file) throws IOException {
            failAt(Step.CREATE);
            OutputStream real = FileLayer.super.create(file);
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    real.write(bytes, offset, length / 2); // half of it still fits
                    failAt(Step.WRITE);
                    real.write(bytes, offset + length / 2, length - length / 2);
                }

                @Override
                public void close() throws IOException {
                    real.close();
                    failAt(Step.CLOSE);
                }
            };
        }

        @Override
        public void syncFile(Path file) throws IOException {
            failAt(Step.SYNC_FILE);
            FileLayer.super.syncFile(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            failAt(Step.RENAME);
            FileLayer.super.rename(from, to);
        }

        private void failAt(Step step) throws IOException {
            calls.add(step.name());
            if (step == failing) {
                throw new IOException("No space left on device");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aFullDiskLeavesTheOldContentAndNothingElse(Step step) throws IOException {
        Path file = folder.resolve("model.json");
        Files.writeString(file, "old");
        AtomicFiles files = new AtomicFiles(new FullDiskAt(step, new ArrayList<>()));

        assertThatThrownBy(() -> files.writeText(file, "new content"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("What was there before is unchanged");

        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(names()).containsExactly("model.json");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aFullDiskLeavesNoNewFile(Step step) throws IOException {
        AtomicFiles files = new AtomicFiles(new FullDiskAt(step, new ArrayList<>()));

        assertThatThrownBy(() -> files.writeText(folder.resolve("a.bin"), "x".repeat(200_000)))
                .isInstanceOf(IOException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void aFailedFolderSyncSaysThatTheNewContentIsThere() throws IOException {
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "old");
        AtomicFiles files = new AtomicFiles(new FileLayer() {
            @Override
            public void syncFolder(Path synced) throws IOException {
                throw new IOException("Input/output error");
            }
        });

        assertThatThrownBy(() -> files.writeText(file, "new"))
                .hasMessageContaining("Input/output error")
                .hasMessageContaining("The new content is there");

        assertThat(Files.readString(file)).isEqualTo("new");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void aFailingWriterLeavesTheOldContent() throws IOException {
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> AtomicFiles.real().write(file, out -> {
                    out.write(1);
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bug");

        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void syncsTheFileBeforeItRenames() throws IOException {
        List<String> calls = new ArrayList<>();
        FileLayer recording = new FileLayer() {
            @Override
            public void syncFile(Path file) throws IOException {
                calls.add("sync " + file.getFileName() + " of " + Files.size(file));
                FileLayer.super.syncFile(file);
            }

            @Override
            public void rename(Path from, Path to) throws IOException {
                calls.add("rename to " + to.getFileName());
                FileLayer.super.rename(from, to);
            }

            @Override
            public void syncFolder(Path synced) {
                calls.add("sync folder");
            }
        };

        new AtomicFiles(recording).writeText(folder.resolve("a.txt"), "12345");

        assertThat(calls).containsExactly("sync a.txt.facet-tmp of 5", "rename to a.txt", "sync folder");
    }

    @Test
    void makesFoldersAndReplacesWhatAKillLeft() throws IOException {
        Path file = folder.resolve("a/b/c.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(folder.resolve("a/b/c.txt.facet-tmp"), "a long rest of a killed process");

        AtomicFiles.real().writeText(file, "new");
        AtomicFiles.real().writeText(folder.resolve("d/e.txt"), "\u00e9");

        assertThat(Files.readString(file)).isEqualTo("new");
        assertThat(Files.exists(folder.resolve("a/b/c.txt.facet-tmp"))).isFalse();
        assertThat(Files.size(folder.resolve("d/e.txt"))).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aFullDiskKeepsBothFormerContents(Step step) throws IOException {
        Path last = folder.resolve("last");
        Path previous = folder.resolve("previous");
        Files.writeString(last, "2");
        Files.writeString(previous, "1");
        AtomicFiles files = new AtomicFiles(new FullDiskAt(step, new ArrayList<>()));

        assertThatThrownBy(() -> files.writeKeeping(last, previous, out -> out.write('3')))
                .hasMessageContaining(last.toString());

        assertThat(Files.readString(last)).isEqualTo("2");
        assertThat(Files.readString(previous)).isEqualTo("1");
        assertThat(names()).containsExactlyInAnyOrder("last", "previous");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFormerContentMovesToTheSecondName(boolean canLink) throws IOException {
        Path last = folder.resolve("last");
        Path previous = folder.resolve("previous");
        AtomicFiles files = new AtomicFiles(new FileLayer() {
            @Override
            public void link(Path from, Path to) throws IOException {
                if (!canLink) {
                    throw new UnsupportedOperationException("no hard links here");
                }
                FileLayer.super.link(from, to);
            }
        });

        for (char content = '1'; content <= '3'; content++) {
            byte[] bytes = {(byte) content};
            files.writeKeeping(last, previous, out -> out.write(bytes));
        }

        assertThat(Files.readString(last)).isEqualTo("3");
        assertThat(Files.readString(previous)).isEqualTo("2");
        assertThat(names()).containsExactlyInAnyOrder("last", "previous");
    }

    @Test
    void goesOnWhereAKillLeftBothNamesOnOneFile() throws IOException {
        Path last = folder.resolve("last");
        Path previous = folder.resolve("previous");
        Files.writeString(last, "2");
        Files.createLink(previous, last);

        AtomicFiles.real().writeKeeping(last, previous, out -> out.write('3'));

        assertThat(Files.readString(last)).isEqualTo("3");
        assertThat(Files.readString(previous)).isEqualTo("2");
        assertThat(names()).containsExactlyInAnyOrder("last", "previous");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).toList();
        }
    }
}
