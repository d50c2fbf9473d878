package ai.facet.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a file under a temporary name beside it, syncs it, renames it, then syncs the folder. After a failure the
 * final name holds what it held before and the temporary file is gone; after a kill a {@code *.facet-tmp} may remain,
 * which the next write of the same file replaces.
 *
 * <p>Thread-safe for different files.
 */
public final class AtomicFiles {
    public static final String TEMPORARY_SUFFIX = ".facet-tmp";

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileLayer layer;

    public AtomicFiles(FileLayer layer) {
        this.layer = layer;
    }

    /** Writers on the real file system. */
    public static AtomicFiles real() {
        return new AtomicFiles(FileLayer.REAL);
    }

    /** Produces a file's content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes one file, creating its folders.
     *
     * @throws IOException naming the file if anything fails
     */
    public void write(Path file, Content content) throws IOException {
        write(file, content, target -> {});
    }

    /**
     * Writes one file as {@link #write(Path, Content)} does and keeps what the name held before under a second name in
     * the same folder. Both names change only after the new content is synced, the second one first.
     *
     * @throws IOException naming the file if anything fails
     */
    public void writeKeeping(Path file, Path former, Content content) throws IOException {
        write(file, content, target -> keep(target, former));
    }

    private void write(Path file, Content content, BeforeRename before) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("cannot write " + file + ": it is a root folder");
        }
        Path temporary = folder.resolve(target.getFileName() + TEMPORARY_SUFFIX);
        try {
            createFolders(folder);
            try (OutputStream out = new BufferedOutputStream(layer.create(temporary), BUFFER_BYTES)) {
                content.writeTo(out);
            }
            layer.syncFile(temporary);
            before.run(target);
            layer.rename(temporary, target);
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw new IOException(
                    "cannot write " + file + ": " + e.getMessage() + ". What was there before is unchanged", e);
        } catch (RuntimeException | Error e) {
            deleteAfter(e, temporary);
            throw e;
        }
        syncFolder(file, folder);
    }

    /** Each new folder's name is synced too, or a power cut could take it with all that it holds. */
    private void createFolders(Path folder) throws IOException {
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        Files.createDirectories(folder);
        for (Path made = folder; !made.equals(existing) && made.getParent() != null; made = made.getParent()) {
            layer.syncFolder(made.getParent());
        }
    }

    @FunctionalInterface
    private interface BeforeRename {
        void run(Path target) throws IOException;
    }

    private void keep(Path target, Path former) throws IOException {
        boolean kept = Files.exists(former) && Files.exists(target) && Files.isSameFile(former, target);
        if (kept || !Files.exists(target)) {
            return; // POSIX renames between two names of one file leave both, so this must not come as far as rename
        }
        Path temporary = former.resolveSibling(former.getFileName() + TEMPORARY_SUFFIX);
        try {
            Files.deleteIfExists(temporary);
            linkOrCopy(target, temporary);
            layer.rename(temporary, former);
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw e;
        }
    }

    /** File systems without hard links get a synced copy. */
    private void linkOrCopy(Path from, Path to) throws IOException {
        try {
            layer.link(from, to);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(from, to);
            layer.syncFile(to);
        }
    }

    /** The new content stands already; only its name may be lost by a power cut. */
    private void syncFolder(Path file, Path folder) throws IOException {
        try {
            layer.syncFolder(folder);
        } catch (IOException e) {
            throw new IOException(
                    "wrote " + file + ", but cannot sync its folder: " + e.getMessage()
                            + ". The new content is there; a power cut now may bring the old one back",
                    e);
        }
    }

    private static void deleteAfter(Throwable failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    public void write(Path file, byte[] bytes) throws IOException {
        write(file, out -> out.write(bytes));
    }

    /** UTF-8. */
    public void writeText(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
