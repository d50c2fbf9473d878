package ai.facet.image;

/**
 * A decoded picture whose rows are read on demand: 8-bit sRGB, upright (EXIF orientation applied), opaque. Reading rows
 * from top to bottom, each once, is the only access that an implementation must support. Not thread-safe.
 */
public interface PixelRows {
    int widthPx();

    int heightPx();

    /**
     * Copies one row.
     *
     * @param y the row, 0 at the top
     * @param rgb receives {@code 3 * widthPx()} bytes, red first, starting at index 0
     */
    void readRow(int y, byte[] rgb);
}
