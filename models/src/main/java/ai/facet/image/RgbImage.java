package ai.facet.image;

/**
 * A decoded picture in memory.
 *
 * @param pixelsHwc {@code [height, width, 3]} bytes, red first; not copied, so the caller gives it away
 */
public record RgbImage(int widthPx, int heightPx, byte[] pixelsHwc) implements PixelRows {
    public static final int CHANNELS = 3;

    public RgbImage {
        if (widthPx <= 0 || heightPx <= 0 || pixelsHwc.length != (long) widthPx * heightPx * CHANNELS) {
            throw new IllegalArgumentException("an image of " + widthPx + "x" + heightPx + " px needs "
                    + (long) widthPx * heightPx * CHANNELS + " bytes, not " + pixelsHwc.length);
        }
    }

    @Override
    public void readRow(int y, byte[] rgb) {
        int rowBytes = widthPx * CHANNELS;
        System.arraycopy(pixelsHwc, y * rowBytes, rgb, 0, rowBytes);
    }
}
