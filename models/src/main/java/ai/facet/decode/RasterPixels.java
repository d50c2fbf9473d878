package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Takes the samples of a raster as they are, without any of Java's colour conversion. */
final class RasterPixels {
    private static final int[] RGB_ORDER = {0, 1, 2};
    private static final ColorModel RGB_MODEL = new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);

    private RasterPixels() {}

    /** A picture whose samples are written to {@code pixels}: red, green, blue, row by row without gaps. */
    static BufferedImage imageOver(byte[] pixels, int widthPx, int heightPx) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(pixels, pixels.length), widthPx, heightPx, widthPx * 3, 3, RGB_ORDER.clone(), null);
        return new BufferedImage(RGB_MODEL, raster, false, null);
    }

    /** Bands 0, 1, 2 are red, green, blue. */
    static RgbImage ofRgb(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] pixels = new byte[width * height * 3];
        int[] row = new int[width * 3];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int i = 0; i < row.length; i++) {
                pixels[y * row.length + i] = (byte) row[i];
            }
        }
        return new RgbImage(width, height, pixels);
    }

    /** One band; red, green and blue become equal to it. */
    static RgbImage ofGrey(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] pixels = new byte[width * height * 3];
        int[] row = new int[width];
        int o = 0;
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int sample : row) {
                pixels[o++] = (byte) sample;
                pixels[o++] = (byte) sample;
                pixels[o++] = (byte) sample;
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
