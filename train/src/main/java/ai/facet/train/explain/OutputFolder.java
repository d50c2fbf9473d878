package ai.facet.train.explain;

import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The folder for explanations: pictures of people lie in it, so only its owner may look inside. */
final class OutputFolder {
    private OutputFolder() {}

    /**
     * Makes the folder.
     *
     * @throws UserException (exit 2) if it is not empty and may not be overwritten
     */
    static void prepare(Path folder, boolean overwrite) throws IOException {
        if (Files.isDirectory(folder) && !overwrite) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw UserException.badArguments("--output " + folder
                            + " is not empty; expected a new folder. Choose another one or add --overwrite");
                }
            }
        }
        Files.createDirectories(folder);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
