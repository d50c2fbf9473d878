package ai.facet.demo;

import ai.facet.image.PixelRows;
import android.graphics.Bitmap;

/** A software bitmap's rows for the pixel pipeline that all of Facet shares. Transparent parts stand before white. */
final class BitmapRows implements PixelRows {
    private static final int OPAQUE = 255;

    private final Bitmap bitmap;
    private final int[] argb;

    BitmapRows(Bitmap bitmap) {
        this.bitmap = bitmap;
        this.argb = new int[bitmap.getWidth()];
    }

    @Override
    public int widthPx() {
        return bitmap.getWidth();
    }

    @Override
    public int heightPx() {
        return bitmap.getHeight();
    }

    @Override
    public void readRow(int y, byte[] rgb) {
        bitmap.getPixels(argb, 0, argb.length, 0, y, argb.length, 1);
        int to = 0;
        for (int pixel : argb) {
            int alpha = pixel >>> 24;
            rgb[to++] = overWhite(pixel >> 16, alpha);
            rgb[to++] = overWhite(pixel >> 8, alpha);
            rgb[to++] = overWhite(pixel, alpha);
        }
    }

    private static byte overWhite(int value, int alpha) {
        int level = value & OPAQUE;
        return (byte) (alpha == OPAQUE ? level : (level * alpha + OPAQUE * (OPAQUE - alpha) + OPAQUE / 2) / OPAQUE);
    }
}
