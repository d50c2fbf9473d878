package ai.facet.serve.batch;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Runs work that needs much memory side by side; what runs out of it is tried once more while nothing else runs. Large
 * pictures that come together are so answered one after another, and not refused.
 */
final class ScarceMemory {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** Work that may be repeated. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** @throws OverloadedException if the memory does not suffice even alone */
    <T> T run(Work<T> work) throws IOException {
        lock.readLock().lock();
        try {
            return work.run();
        } catch (OutOfMemoryError e) {
            // below, after the lock is given back
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            return work.run();
        } catch (OutOfMemoryError e) {
            throw new OverloadedException("the picture needs more memory than the server has; send a smaller one,"
                    + " or start the server with a larger FACET_HEAP");
        } finally {
            lock.writeLock().unlock();
        }
    }
}
