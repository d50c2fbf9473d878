package ai.facet.train.input;

import java.io.IOException;

/** Labelled pictures by position. Reading is thread-safe. */
public interface Pictures {
    int size();

    /** The class index for every attribute in schema order, -1 where the label is missing. */
    int[] labels(int index);

    /**
     * Copies one picture at the network's size.
     *
     * @param pixelsHwc receives {@code [height, width, 3]} bytes
     */
    void readPixels(int index, byte[] pixelsHwc) throws IOException;
}
