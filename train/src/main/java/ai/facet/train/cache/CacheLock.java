package ai.facet.train.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** The right to add pictures to a cache. The system takes it from a process that dies, however it dies. */
final class CacheLock implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger();
    private static final long ASK_AGAIN_MILLIS = 100;

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until nobody else has it, saying so. */
    static CacheLock take(Path cache) throws IOException {
        Path file = cache.resolveSibling(cache.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                LOG.info("{}: another run is adding pictures; waiting for it", cache);
                while (tryLock(channel) == null) {
                    TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
                }
            }
            return new CacheLock(channel);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + file, e);
        } catch (IOException e) {
            channel.close();
            throw e;
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
