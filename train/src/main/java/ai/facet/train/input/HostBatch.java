package ai.facet.train.input;

import java.nio.ByteBuffer;

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
}
