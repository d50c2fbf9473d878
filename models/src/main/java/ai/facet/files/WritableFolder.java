package ai.facet.files;

import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Asks before long work whether its results can be stored at all. */
public final class WritableFolder {
    private WritableFolder() {}

    /**
     * Makes a folder and a file in it and removes what it made. A full disk can still end the work later.
     *
     * @param option that named the folder, for the message
     * @throws UserException (exit 2) if files cannot be made in the folder, whether it is there or not
     */
    public static void require(String option, Path folder) {
        Deque<Path> made = new ArrayDeque<>();
        try {
            makeMissing(folder.toAbsolutePath().normalize(), made);
            made.push(Files.createTempFile(folder, "probe", AtomicFiles.TEMPORARY_SUFFIX));
        } catch (IOException e) {
            throw UserException.badArguments(option + " " + folder + " cannot be written to (" + reason(e)
                    + "); expected a folder in which files can be made");
        } finally {
            made.forEach(WritableFolder::remove);
        }
    }

    /**
     * Makes sure that a folder is new or empty and can be written to, without making it.
     *
     * @param cure what else to do than to choose another folder, or empty
     * @throws UserException (exit 2) if it is not so
     */
    public static void requireNew(String option, Path folder, String cure) throws IOException {
        if (Files.exists(folder) && !isEmpty(folder)) {
            throw UserException.badArguments(
                    option + " " + folder + " is already there and not empty. Choose another folder" + cure);
        }
        require(option, folder);
    }

    private static boolean isEmpty(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            return !files.iterator().hasNext();
        }
    }

    private static void makeMissing(Path folder, Deque<Path> made) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path f = folder; f != null && !Files.isDirectory(f); f = f.getParent()) {
            missing.push(f);
        }
        for (Path f : missing) {
            made.push(Files.createDirectory(f));
        }
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return name + ": " + e.getMessage();
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // an empty folder or file that somebody else holds
        }
    }
}
