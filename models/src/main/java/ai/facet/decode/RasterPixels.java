package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.util.Arrays;

/** Takes the samples of a raster as they are, without any of Java's colour conversion. */
final class RasterPixels {
    private RasterPixels() {}

    /** Bands 0, 1, 2 are red, green, blue. The raster's own array is reused where its layout allows. */
    static RgbImage ofRgb(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        if (raster.getSampleModel() instanceof ComponentSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getNumBanks() == 1
                && buffer.getSize() == width * height * 3
                && model.getPixelStride() == 3
                && model.getScanlineStride() == width * 3
                && Arrays.equals(model.getBandOffsets(), new int[] {2, 1, 0})) {
            byte[] pixels = buffer.getData();
            swapRedAndBlue(pixels);
            return new RgbImage(width, height, pixels);
        }
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

    private static void swapRedAndBlue(byte[] pixels) {
        for (int i = 0; i < pixels.length; i += 3) {
            byte blue = pixels[i];
            pixels[i] = pixels[i + 2];
            pixels[i + 2] = blue;
        }
    }
}
