package ai.facet.export;

import ai.facet.prediction.Int8Check;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures of seeds as files. */
public final class DrawnPicture {
    private DrawnPicture() {}

    /** Writes a square PNG. */
    public static Path write(Path file, long seed, int sidePx) throws IOException {
        BufferedImage image = new BufferedImage(sidePx, sidePx, BufferedImage.TYPE_INT_RGB);
        byte[] pixels = Int8Check.pixels(seed, sidePx, sidePx);
        for (int i = 0; i < sidePx * sidePx; i++) {
            int rgb = (pixels[3 * i] & 0xFF) << 16 | (pixels[3 * i + 1] & 0xFF) << 8 | (pixels[3 * i + 2] & 0xFF);
            image.setRGB(i % sidePx, i / sidePx, rgb);
        }
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
