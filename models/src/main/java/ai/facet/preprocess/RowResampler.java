package ai.facet.preprocess;

import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import java.util.Arrays;

/**
 * Resizes one picture while its rows stream by: each source row is resized horizontally to 8 bits and kept in a ring
 * just long enough for the rows of the result that need it. Holds the buffers that pictures share, so a picture of a
 * known size allocates nothing. Memory: one source row, and one resized row for each source row under the triangle.
 * Not thread-safe.
 */
final class RowResampler {
    private static final int CHANNELS = 3;
    private static final int TALL_STRIP = 100;
    private static final int FRACTION_BITS = TriangleWeights.FRACTION_BITS;

    private final TriangleWeights across = new TriangleWeights();
    private final TriangleWeights down = new TriangleWeights();
    private byte[] sourceRow = new byte[0];
    private byte[] narrowRow = new byte[0];
    private byte[] ring = new byte[0];
    private int[] sums = new int[0];

    /** Receives finished rows in order. */
    @FunctionalInterface
    interface RowSink {
        /** @param y row of the network's input; {@code inputRow} is reused for the next row */
        void put(int y, byte[] inputRow);
    }

    /**
     * Resizes.
     *
     * @param box inside the picture; nothing outside it is mixed in
     * @param inputRow one row of the network's input, padded already where the picture does not reach
     */
    void resize(PixelRows source, Box box, Placement placement, byte[] inputRow, RowSink sink) {
        across.prepare(box.widthPx(), placement.resizedWidth(), placement.cutLeft(), placement.widthPx());
        down.prepare(box.heightPx(), placement.resizedHeight(), placement.cutTop(), placement.heightPx());
        boolean downFirst = downFirst(box, placement);
        int rowBytes = (downFirst ? box.widthPx() : placement.widthPx()) * CHANNELS;
        int ringRows = down.maxCount();
        sourceRow = grown(sourceRow, source.widthPx() * CHANNELS);
        narrowRow = grown(narrowRow, downFirst ? rowBytes : 0);
        ring = grown(ring, Math.multiplyExact(rowBytes, ringRows));
        sums = sums.length < rowBytes ? new int[rowBytes] : sums;
        int firstUsed = down.first(0);
        int nextSourceRow = 0;
        for (int y = 0; y < placement.heightPx(); y++) {
            int end = box.y() + down.first(y) + down.count(y);
            for (; nextSourceRow < end; nextSourceRow++) {
                source.readRow(nextSourceRow, sourceRow);
                int rowInBox = nextSourceRow - box.y();
                int slot = rowInBox % ringRows * rowBytes;
                if (rowInBox >= firstUsed && downFirst) {
                    System.arraycopy(sourceRow, box.x() * CHANNELS, ring, slot, rowBytes);
                } else if (rowInBox >= firstUsed) {
                    resizeAcross(sourceRow, box.x() * CHANNELS, placement.widthPx(), ring, slot);
                }
            }
            if (downFirst) {
                resizeDown(y, rowBytes, ringRows, narrowRow, 0);
                resizeAcross(narrowRow, 0, placement.widthPx(), inputRow, placement.left() * CHANNELS);
            } else {
                resizeDown(y, rowBytes, ringRows, inputRow, placement.left() * CHANNELS);
            }
            sink.put(placement.top() + y, inputRow);
        }
    }

    /** Pillow shrinks strips over 100 times as tall as wide downwards first; the rounding in between differs. */
    private static boolean downFirst(Box box, Placement placement) {
        return box.heightPx() > TALL_STRIP * (long) box.widthPx() && placement.resizedHeight() < box.heightPx();
    }

    private void resizeAcross(byte[] in, int inOffset, int widthPx, byte[] out, int outOffset) {
        if (across.isIdentity()) {
            System.arraycopy(in, inOffset + across.first(0) * CHANNELS, out, outOffset, widthPx * CHANNELS);
            return;
        }
        int[] weights = across.values();
        for (int x = 0, o = outOffset; x < widthPx; x++, o += CHANNELS) {
            int red = TriangleWeights.HALF;
            int green = TriangleWeights.HALF;
            int blue = TriangleWeights.HALF;
            int w = across.offset(x);
            int end = w + across.count(x);
            for (int i = inOffset + across.first(x) * CHANNELS; w < end; w++, i += CHANNELS) {
                int weight = weights[w];
                red += (in[i] & 0xFF) * weight;
                green += (in[i + 1] & 0xFF) * weight;
                blue += (in[i + 2] & 0xFF) * weight;
            }
            out[o] = rounded(red);
            out[o + 1] = rounded(green);
            out[o + 2] = rounded(blue);
        }
    }

    private void resizeDown(int y, int rowBytes, int ringRows, byte[] out, int outOffset) {
        int first = down.first(y);
        if (down.isIdentity()) {
            System.arraycopy(ring, first % ringRows * rowBytes, out, outOffset, rowBytes);
            return;
        }
        Arrays.fill(sums, 0, rowBytes, TriangleWeights.HALF);
        for (int k = 0; k < down.count(y); k++) {
            addWeighted((first + k) % ringRows * rowBytes, rowBytes, down.values()[down.offset(y) + k]);
        }
        for (int i = 0; i < rowBytes; i++) {
            out[outOffset + i] = rounded(sums[i]);
        }
    }

    private void addWeighted(int ringOffset, int rowBytes, int weight) {
        int[] into = sums;
        byte[] from = ring;
        for (int i = 0; i < rowBytes; i++) {
            into[i] += (from[ringOffset + i] & 0xFF) * weight;
        }
    }

    /** Weights may add up to a little more than 1, so 255 can be passed; never below 0. */
    private static byte rounded(int sum) {
        return (byte) Math.min(sum >> FRACTION_BITS, 0xFF);
    }

    private static byte[] grown(byte[] buffer, int bytes) {
        return buffer.length < bytes ? new byte[bytes] : buffer;
    }
}
