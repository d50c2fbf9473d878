package ai.facet.export.golden;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Three tiny pictures of shapes, wide, high and square, computed pixel by pixel. */
final class DrawnImages {
    private static final int BACKGROUND = 0xE0D8C8;

    private DrawnImages() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        draw(folder.resolve("blue-square.png"), 24, 40, 0x2040C0, false);
        draw(folder.resolve("green-circle.png"), 32, 32, 0x20A040, true);
        draw(folder.resolve("red-circle.png"), 48, 30, 0xC02020, true);
    }

    /** In the order in which exports read a folder. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
        }
    }

    private static void draw(Path file, int widthPx, int heightPx, int colour, boolean round) throws IOException {
        BufferedImage image = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_INT_RGB);
        int radius = Math.min(widthPx, heightPx) / 3;
        for (int y = 0; y < heightPx; y++) {
            for (int x = 0; x < widthPx; x++) {
                int dx = x - widthPx / 2;
                int dy = y - heightPx / 2;
                boolean inside =
                        round ? dx * dx + dy * dy <= radius * radius : Math.max(Math.abs(dx), Math.abs(dy)) <= radius;
                image.setRGB(x, y, inside ? colour : BACKGROUND - 2 * y);
            }
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
