package ai.facet.train.input;

import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageLook;
import ai.facet.image.Box;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps decoded pictures at the network's size by their position in the list of images. First all are recalled or
 * written, by several threads; then {@link #complete} is called once; from then on they are read, by several threads.
 */
public interface PictureStore extends AutoCloseable {
    /**
     * The look of a picture that is here already, from an earlier run; from now on it is read at this position.
     *
     * @param contentHash SHA-256 of the picture's file
     * @param box the part that is used, or null for all of it
     * @return null if the picture has to be decoded and written
     */
    @Nullable
    ImageLook recall(int position, String contentHash, @Nullable Box box);

    /** Keeps a picture, if there is room: {@code pixelsHwc} holds {@code [height, width, 3]} bytes. */
    void write(int position, ImageFingerprint fingerprint, @Nullable Box box, byte[] pixelsHwc) throws IOException;

    /** Says that nothing more is written. */
    void complete() throws IOException;

    /**
     * Copies a picture.
     *
     * @return false if it is not here, or damaged, and has to be decoded from its file
     */
    boolean read(int position, byte[] pixelsHwc) throws IOException;

    @Override
    void close() throws IOException;
}
