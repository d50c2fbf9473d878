package ai.facet.train.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures from pixels and as bytes: PNG for files, JPEG for pages on which some hundreds of them stand. */
public final class Images {
    private static final float JPEG_QUALITY = 0.85f;

    private Images() {}

    /** From bytes red, green and blue, {@code [height, width, 3]}. */
    public static BufferedImage ofRgb(byte[] pixelsHwc, int widthPx, int heightPx) {
        BufferedImage image = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < widthPx * heightPx; i++) {
            int rgb =
                    (pixelsHwc[3 * i] & 0xFF) << 16 | (pixelsHwc[3 * i + 1] & 0xFF) << 8 | pixelsHwc[3 * i + 2] & 0xFF;
            image.setRGB(i % widthPx, i / widthPx, rgb);
        }
        return image;
    }

    public static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** A PNG for an {@code src} attribute. */
    public static String pngUri(BufferedImage image) throws IOException {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
    }

    /** A JPEG for an {@code src} attribute. */
    public static String jpegUri(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(JPEG_QUALITY);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
