package ai.facet.annotations;

import ai.facet.image.PixelRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A picture reduced to {@value #SIDE}x{@value #SIDE} colour averages, and 64 bits that tell for neighbouring averages
 * of a 9x8 grid which is brighter (dHash, by Neal Krawetz). Copies that were saved again, resized or slightly
 * brightened differ in few bits and little in colour.
 */
public final class ImageLook {
    static final int SIDE = 16;

    private static final int CHANNELS = 3;

    /** Length of {@link #toBytes}. */
    public static final int BYTES = Long.BYTES + SIDE * SIDE * CHANNELS;

    private static final int HASH_COLUMNS = 9;
    private static final int HASH_ROWS = 8;

    private final long hash;
    private final byte[] thumbnail;
    private final double contrast;

    private ImageLook(long hash, byte[] thumbnail) {
        this.hash = hash;
        this.thumbnail = thumbnail;
        this.contrast = contrast(thumbnail);
    }

    /** Reads each row once. */
    public static ImageLook of(PixelRows picture) {
        CellAverages colours = new CellAverages(SIDE, SIDE, picture.widthPx(), picture.heightPx());
        CellAverages grid = new CellAverages(HASH_COLUMNS, HASH_ROWS, picture.widthPx(), picture.heightPx());
        byte[] row = new byte[picture.widthPx() * CHANNELS];
        for (int y = 0; y < picture.heightPx(); y++) {
            picture.readRow(y, row);
            colours.add(y, row);
            grid.add(y, row);
        }
        return new ImageLook(differenceHash(grid), colours.bytes());
    }

    /** What {@link #toBytes} gave. */
    public static ImageLook ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a look of " + bytes.length + " bytes; expected " + BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash = buffer.getLong();
        byte[] thumbnail = new byte[BYTES - Long.BYTES];
        buffer.get(thumbnail);
        return new ImageLook(hash, thumbnail);
    }

    /** {@value #BYTES} bytes: the 64 bits, lowest byte first, then the averages, row by row, red first. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash)
                .put(thumbnail)
                .array();
    }

    /** The number of the 64 bits that differ. */
    public int hammingDistance(ImageLook other) {
        return Long.bitCount(hash ^ other.hash);
    }

    /** The mean absolute difference of the thumbnails, 0 to 255. */
    public double colourDistance(ImageLook other) {
        int sum = 0;
        for (int i = 0; i < thumbnail.length; i++) {
            sum += Math.abs((thumbnail[i] & 0xFF) - (other.thumbnail[i] & 0xFF));
        }
        return (double) sum / thumbnail.length;
    }

    /**
     * The mean absolute deviation of the thumbnail from its mean colour, 0 to 127.5: small for a small thing on a plain
     * ground, where a small {@link #colourDistance} says little.
     */
    double contrast() {
        return contrast;
    }

    private static double contrast(byte[] thumbnail) {
        double[] means = new double[CHANNELS];
        for (int i = 0; i < thumbnail.length; i++) {
            means[i % CHANNELS] += (double) CHANNELS / thumbnail.length * (thumbnail[i] & 0xFF);
        }
        double sum = 0;
        for (int i = 0; i < thumbnail.length; i++) {
            sum += Math.abs((thumbnail[i] & 0xFF) - means[i % CHANNELS]);
        }
        return sum / thumbnail.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageLook look && hash == look.hash && Arrays.equals(thumbnail, look.thumbnail);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(hash) + Arrays.hashCode(thumbnail);
    }

    long hash() {
        return hash;
    }

    private static long differenceHash(CellAverages grid) {
        long bits = 0;
        for (int y = 0; y < HASH_ROWS; y++) {
            for (int x = 0; x + 1 < HASH_COLUMNS; x++) {
                bits = bits << 1 | (grid.luma(x, y) < grid.luma(x + 1, y) ? 1 : 0);
            }
        }
        return bits;
    }
}
