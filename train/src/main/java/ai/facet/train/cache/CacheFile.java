package ai.facet.train.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The file below a cache, as whole records. It is written through the channel and never through mapped memory, where a
 * full disk would kill the process. Thread-safe. Tests replace it by one that fails.
 */
class CacheFile implements AutoCloseable {
    private final Path path;
    private final int recordBytes;
    private final FileChannel reading;
    private @Nullable FileChannel writing;

    CacheFile(Path path, int recordBytes) throws IOException {
        this.path = path;
        this.recordBytes = recordBytes;
        this.reading = FileChannel.open(path, StandardOpenOption.READ);
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return reading;
    }

    /** The bytes of the header, fewer if the file is shorter. */
    byte[] header() throws IOException {
        byte[] bytes = new byte[(int) Math.min(CacheHeader.BYTES, reading.size())];
        return read(0, bytes) ? bytes : new byte[0];
    }

    /** Whole records, valid or not. */
    int records() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, reading.size() - CacheHeader.BYTES) / recordBytes);
    }

    long offset(int record) {
        return CacheHeader.BYTES + (long) record * recordBytes;
    }

    /** Fills the array; false if the file ends before. */
    boolean read(long from, byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        long at = from;
        while (buffer.hasRemaining()) {
            int read = reading.read(buffer, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    /** Allows writing; the caller holds the lock. */
    void openForWriting() throws IOException {
        writing = FileChannel.open(path, StandardOpenOption.WRITE);
    }

    void write(int record, ByteBuffer bytes) throws IOException {
        FileChannel channel = opened();
        long at = offset(record);
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Cuts off everything behind so many records, forces the rest to the device and ends writing. */
    void finishWriting(int records) throws IOException {
        try (FileChannel channel = opened()) {
            if (channel.size() > offset(records)) {
                channel.truncate(offset(records));
            }
            channel.force(false);
        }
    }

    private FileChannel opened() {
        if (writing == null) {
            throw new IllegalStateException(path + " is not open for writing");
        }
        return writing;
    }

    @Override
    public void close() throws IOException {
        try (reading) {
            if (writing != null) {
                writing.close();
            }
        }
    }
}
