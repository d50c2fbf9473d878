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
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("cannot write " + file + ": it is a root folder");
        }
        Path temporary = folder.resolve(target.getFileName() + TEMPORARY_SUFFIX);
        try {
            Files.createDirectories(folder);
            try (OutputStream out = new BufferedOutputStream(layer.create(temporary), BUFFER_BYTES)) {
                content.writeTo(out);
            }
            layer.syncFile(temporary);
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
