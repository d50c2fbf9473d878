package ai.facet.train.run;

import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of a run folder. The system frees the lock when its process dies, however it dies. */
final class RunLock implements AutoCloseable {
    private static final String FILE = "run.lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws UserException (exit 1) if somebody else has it
     */
    static RunLock take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw UserException.failed(folder
                    + ": another facet process is training in this folder. Wait for it, or train in another folder");
        }
        return new RunLock(channel);
    }

    static boolean exists(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /** Whether somebody has the lock. */
    static boolean isHeld(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held inside this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
