package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.files.FileLayer;
import ai.facet.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder that is filled under another name and gets its own in one step. Closing it unpublished removes it; after a
 * kill {@code *.facet-tmp} may remain, which the next export of the same name removes, and {@code *.facet-old}, which
 * it puts back if the new bundle did not get its name.
 */
public final class StagedFolder implements AutoCloseable {
    private final Path target;
    private final Path staging;
    private final Path replaced;

    /**
     * Begins a folder.
     *
     * @param overwrite whether a bundle that is there now may be replaced
     * @throws UserException if something is there that may not
     */
    StagedFolder(Path folder, boolean overwrite) throws IOException {
        target = folder.toAbsolutePath().normalize();
        staging = target.resolveSibling(target.getFileName() + ".facet-tmp");
        replaced = target.resolveSibling(target.getFileName() + ".facet-old");
        recover();
        requireReplaceable(target, overwrite);
        FileTree.remove(staging);
        Files.createDirectories(staging);
    }

    Path path() {
        return staging;
    }

    /** Gives the folder its name; if that fails, what was there before is there again. */
    void publish() throws IOException {
        boolean exists = Files.exists(target);
        if (exists) {
            Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            recover();
            throw new IOException(
                    "cannot rename " + staging + " to " + target + ": " + e.getMessage()
                            + (exists ? ". The old bundle is unchanged" : ""),
                    e);
        }
        FileLayer.REAL.syncFolder(parent());
        FileTree.remove(replaced);
    }

    @Override
    public void close() throws IOException {
        FileTree.remove(staging);
    }

    private Path parent() throws IOException {
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException("cannot write a bundle to " + target + ": it is a root folder");
        }
        return parent;
    }

    private void recover() throws IOException {
        if (Files.exists(replaced) && !Files.exists(target)) {
            Files.move(replaced, target, StandardCopyOption.ATOMIC_MOVE);
        }
        FileTree.remove(replaced);
    }

    /**
     * Accepts a target that is new, empty, or a bundle that may be replaced.
     *
     * @throws UserException (exit 2) otherwise
     */
    public static void requireReplaceable(Path target, boolean overwrite) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        try (var files = Files.isDirectory(target) ? Files.list(target) : java.util.stream.Stream.of(target)) {
            if (Files.isDirectory(target) && files.findAny().isEmpty()) {
                return;
            }
        }
        if (!ModelBundle.isBundle(target)) {
            throw UserException.badArguments(
                    target + " exists and is no bundle, so it will not be touched." + " Choose another --output");
        }
        if (!overwrite) {
            throw UserException.badArguments(
                    target + " exists. Give --overwrite to replace this bundle, or choose another --output");
        }
    }
}
