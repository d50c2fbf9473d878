package ai.facet.train.input;

import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageLook;
import ai.facet.image.Box;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Decoded pictures at the network's size, by position, in a file that has no name any more (on Windows: that is deleted
 * on close), so nothing of it outlives the process however that ends. The system keeps it in free memory and gives that
 * memory up when others need it; the Java heap stays small. Thread-safe.
 */
public final class PixelStore implements PictureStore {
    private static final String FILE = "pixels.cache";
    private static final long KEPT_FREE_BYTES = 1L << 30;

    private final FileChannel channel;
    private final int pictureBytes;

    private PixelStore(FileChannel channel, int pictureBytes) {
        this.channel = channel;
        this.pictureBytes = pictureBytes;
    }

    /** Whether a folder's disk has room for so many pictures and a GiB more. */
    public static boolean fits(Path folder, int pictures, int pictureBytes) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() - KEPT_FREE_BYTES > (long) pictures * pictureBytes;
    }

    /** An empty store. */
    public static PixelStore open(Path folder, int pictureBytes) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        return new PixelStore(channel, pictureBytes);
    }

    /** Never: it begins empty. */
    @Override
    public @Nullable ImageLook recall(int position, String contentHash, @Nullable Box box) {
        return null;
    }

    @Override
    public void write(int position, ImageFingerprint fingerprint, @Nullable Box box, byte[] pixelsHwc)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(pixelsHwc, 0, pictureBytes);
        long at = (long) position * pictureBytes;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    @Override
    public void complete() {}

    @Override
    public boolean read(int position, byte[] pixelsHwc) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(pixelsHwc, 0, pictureBytes);
        long at = (long) position * pictureBytes;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new EOFException("the store of decoded pictures ends before picture " + position);
            }
            at += read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
