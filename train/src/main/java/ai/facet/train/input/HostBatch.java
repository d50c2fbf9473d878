package ai.facet.train.input;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A batch in host memory.
 *
 * @param pixelsNhwc direct, {@code [size, height, width, 3]} bytes from position 0; lent until the batch is given back
 * @param labels {@code [size][attributes]}, -1 where a label is missing
 */
public record HostBatch(ByteBuffer pixelsNhwc, int[][] labels) {
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
        return new HostBatch(pixels.slice(), Arrays.copyOfRange(labels, from, to));
    }
}
