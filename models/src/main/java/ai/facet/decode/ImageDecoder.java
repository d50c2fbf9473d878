package ai.facet.decode;

import ai.facet.decode.ImageDecodeException.Reason;
import ai.facet.image.PixelRows;
import ai.facet.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decodes pictures of unknown origin: JPEG, PNG, BMP, GIF (its first picture) and, where TwelveMonkeys' reader
 * is on the class path, still WebP.
 *
 * <p>Thread-safe; make one and share it.
 */
public final class ImageDecoder {
    private final DecodeLimits limits;
    private final ColourProfiles profiles = new ColourProfiles();
    private final JpegDecoder jpeg = new JpegDecoder(profiles);
    private final WebpDecoder webp = new WebpDecoder(profiles);

    public ImageDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes one file.
     *
     * @param bytes the whole file; neither changed nor kept
     * @param name what the file is called in error messages
     * @return the picture, upright, complete in memory
     */
    public PixelRows decode(byte[] bytes, String name) throws ImageDecodeException {
        if (bytes.length == 0) {
            throw new ImageDecodeException(Reason.EMPTY, name + " is empty (0 bytes); expected a picture");
        }
        limits.checkBytes(bytes.length, name);
        return decode(new ByteReader(bytes, name));
    }

    /**
     * Reads a picture's file for {@link #decode}, but no more of it than the limit allows.
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws ImageDecodeException if it is too large
     * @throws IOException if it is no regular file or cannot be read
     */
    public byte[] read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String what = Files.isDirectory(file) ? "a folder" : "no regular file";
            throw new IOException(file + " is " + what + "; expected a picture");
        }
        limits.checkBytes(Files.size(file), file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Math.min(limits.maxBytes() + 1, Integer.MAX_VALUE - 8));
            limits.checkBytes(bytes.length, file.toString());
            return bytes;
        }
    }

    private RgbImage decode(ByteReader bytes) throws ImageDecodeException {
        return switch (ImageFormat.of(bytes)) {
            case JPEG -> jpeg.decode(bytes, limits);
            case PNG -> PngDecoder.decode(bytes, limits, profiles);
            case BMP -> BmpDecoder.decode(bytes, limits);
            case GIF -> GifDecoder.decode(bytes, limits);
            case WEBP -> webp.decode(bytes, limits);
        };
    }
}
