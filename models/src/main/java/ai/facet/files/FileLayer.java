package ai.facet.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The few file operations that {@link AtomicFiles} needs, so that tests can let each of them fail. */
public interface FileLayer {
    /** The real file system. */
    FileLayer REAL = new FileLayer() {};

    /** A new file for writing. Closing the stream does not sync it. */
    default OutputStream create(Path file) throws IOException {
        return Channels.newOutputStream(FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
    }

    /** Forces a file's content to the device. */
    default void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Renames within one file system, replacing what was there. */
    default void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A second name for a file, where the file system can. */
    default void link(Path from, Path to) throws IOException {
        Files.createLink(to, from);
    }

    /** Forces a folder's entries to the device, where the platform can (Windows cannot open folders). */
    default void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
