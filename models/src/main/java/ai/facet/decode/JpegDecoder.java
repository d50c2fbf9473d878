package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Decodes JPEG through OpenJDK's own reader, which is libjpeg. Thread-safe. */
final class JpegDecoder {
    private final ReaderPool readers = new ReaderPool(ReaderPool.JPEG);

    private final ColourProfiles profiles;

    JpegDecoder(ColourProfiles profiles) {
        this.profiles = profiles;
    }

    RgbImage decode(ByteReader bytes, DecodeLimits limits) throws ImageDecodeException {
        JpegHeader header = JpegHeader.read(bytes, limits);
        RgbImage image = readers.lend(header.normalised(), bytes.name(), reader -> read(reader, header, bytes.name()));
        if (header.components() != 4) {
            profiles.toSrgb(image, header.profile(), header.components() == 1, bytes.name());
        }
        return Orientation.apply(image, header.orientation());
    }

    private static RgbImage read(ImageReader reader, JpegHeader header, String name) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        RgbImage image = switch (header.components()) {
            case 1 -> RasterPixels.ofGrey(reader.read(0).getRaster());
            case 3 -> readRgb(reader, header);
            default -> fromCmyk(reader.readRaster(0, null), header.isYcck());
        };
        for (String warning : warnings) {
            // JPEG has no checksum: what libjpeg notices is all there is. Bytes between markers are padding.
            if (!warning.contains("extraneous bytes before marker")) {
                throw ImageDecodeException.damaged(name, "the JPEG reader says \"" + warning + "\"");
            }
        }
        return image;
    }

    /** Straight into our array: the reader's own pictures are BGR, and turning them costs a third of the time. */
    private static RgbImage readRgb(ImageReader reader, JpegHeader header) throws IOException {
        int width = header.widthPx();
        int height = header.heightPx();
        byte[] pixels = new byte[width * height * RgbImage.CHANNELS];
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestination(RasterPixels.imageOver(pixels, width, height));
        reader.read(0, param);
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage fromCmyk(Raster raster, boolean ycck) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] pixels = new byte[width * height * RgbImage.CHANNELS];
        int[] samples = new int[width * 4];
        byte[] row = new byte[samples.length];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, samples);
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) samples[i];
            }
            Cmyk.toRgb(row, width, ycck, pixels, y * width * RgbImage.CHANNELS);
        }
        return new RgbImage(width, height, pixels);
    }
}
