package ai.facet.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for files that nobody needs afterwards, readable by nobody else; closing it removes everything in it. */
public final class ScratchFolder implements AutoCloseable {
    private final Path path;

    private ScratchFolder(Path path) {
        this.path = path;
    }

    /** @param prefix of its name in the system's folder of temporary files */
    public static ScratchFolder create(String prefix) throws IOException {
        return new ScratchFolder(Files.createTempDirectory(prefix));
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        FileTree.remove(path);
    }
}
