package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/** Decodes still WebP through TwelveMonkeys' pure-Java reader, where that is on the class path. Thread-safe. */
final class WebpDecoder {
    private final @Nullable ReaderPool readers = readers();
    private final ColourProfiles profiles;

    WebpDecoder(ColourProfiles profiles) {
        this.profiles = profiles;
    }

    private static @Nullable ReaderPool readers() {
        try {
            return new ReaderPool(WebpProvider.create(), true);
        } catch (LinkageError e) {
            return null;
        }
    }

    RgbImage decode(ByteReader bytes, DecodeLimits limits) throws ImageDecodeException {
        if (readers == null) {
            throw ImageDecodeException.unsupported(
                    bytes.name(),
                    "is a WebP picture; expected JPEG, PNG, BMP or GIF, as the WebP reader"
                            + " (com.twelvemonkeys.imageio:imageio-webp) is not on the class path");
        }
        WebpHeader header = WebpHeader.read(bytes, limits);
        RgbImage image = readers.lend(
                header.normalised(),
                bytes.name(),
                reader -> opaque(reader.read(0).getRaster()));
        if (image.widthPx() != header.widthPx() || image.heightPx() != header.heightPx()) {
            throw ImageDecodeException.damaged(bytes.name(), "its headers give two sizes");
        }
        profiles.toSrgb(image, header.profile(), false, bytes.name());
        return Orientation.apply(image, header.orientation());
    }

    private static RgbImage opaque(Raster raster) {
        if (raster.getNumBands() < 4) {
            return RasterPixels.ofRgb(raster);
        }
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] pixels = new byte[width * height * RgbImage.CHANNELS];
        int[] row = new int[width * 4];
        int o = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += 4) {
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    pixels[o++] = PngRow.overWhite(row[i + c], row[i + 3]);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
