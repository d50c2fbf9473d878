package ai.facet.train.run;

import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.files.WritableFolder;
import ai.facet.train.input.PrivateFolders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run's folder, locked while it is open. Its files are listed in the package description. */
public final class RunFolder implements AutoCloseable {
    private final Path path;
    private final RunLock lock;

    private RunFolder(Path path, RunLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes sure that a new run can have this folder, without making it.
     *
     * @throws UserException (exit 2) if it exists and is not empty, or cannot be made
     */
    public static void requireNew(Path path) throws IOException {
        WritableFolder.requireNew("--output", path, ", or go on with --resume " + path);
    }

    /**
     * Makes the folder of a new run.
     *
     * @throws UserException (exit 2) as {@link #requireNew}
     */
    public static RunFolder create(Path path) throws IOException {
        requireNew(path);
        PrivateFolders.create(path);
        return new RunFolder(path, RunLock.take(path));
    }

    /** Opens the folder of an earlier run and removes what a killed process left half-written. */
    public static RunFolder open(Path path) throws IOException {
        RunFolder folder = new RunFolder(path, RunLock.take(path));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(path, "*" + AtomicFiles.TEMPORARY_SUFFIX)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        return folder;
    }

    /** Removes what a run left that was killed before it had stored its configuration. */
    public static void discard(Path path) throws IOException {
        new RunFolder(path, RunLock.take(path)).discard();
    }

    /** The checkpoint of a run's best epoch. */
    public static Path best(Path run) {
        return run.resolve(CheckpointStore.BEST);
    }

    /** Whether a run has stored any weights. */
    public static boolean hasWeights(Path run) {
        return CheckpointStore.NAMES.stream().anyMatch(name -> Files.exists(run.resolve(name)));
    }

    /** Whether a folder has been a run's; its configuration may be missing. */
    public static boolean isRun(Path path) {
        return RunLock.exists(path);
    }

    /** Whether a process trains in a run's folder now. */
    public static boolean isInUse(Path path) throws IOException {
        return RunLock.isHeld(path);
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** Removes the folder of a run that could not begin, with the few files that it may hold by then. */
    void discard() throws IOException {
        lock.close();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
