package ai.facet.train.input;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch in host memory.
 *
 * @param pixelsNhwc direct, {@code [size, height, width, 3]} bytes from position 0; lent until the batch is given back
 * @param labels {@code [size][attributes]}, -1 where a label is missing
 * @param mixed what else is in the pictures; null if each is one alone
 */
public record HostBatch(
        ByteBuffer pixelsNhwc, int[][] labels, @Nullable Mixed mixed) {
    /**
     * The second picture in each.
     *
     * @param labels its labels, as those of the batch
     * @param ownShare how much of each picture is the first one, 0 to 1
     */
    public record Mixed(int[][] labels, double ownShare) {}

    /** Of pictures that are not mixed. */
    public HostBatch(ByteBuffer pixelsNhwc, int[][] labels) {
        this(pixelsNhwc, labels, null);
    }

    public int size() {
        return labels.length;
    }

    /**
     * Some of its pictures; a view.
     *
     * @param imageBytes of one picture
     */
    public HostBatch part(int from, int to, int imageBytes) {
        ByteBuffer pixels = pixelsNhwc.duplicate().limit(to * imageBytes).position(from * imageBytes);
        return new HostBatch(
                pixels.slice(),
                Arrays.copyOfRange(labels, from, to),
                mixed == null ? null : new Mixed(Arrays.copyOfRange(mixed.labels, from, to), mixed.ownShare));
    }
}
