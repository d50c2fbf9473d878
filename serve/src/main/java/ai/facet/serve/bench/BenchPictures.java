package ai.facet.serve.bench;

import ai.facet.cli.UserException;
import ai.facet.files.PictureFiles;
import ai.facet.prediction.Int8Check;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * The encoded pictures of a measurement.
 *
 * @param what they are, for the report
 */
record BenchPictures(String what, List<byte[]> encoded) {
    private static final int MOST = 256;
    private static final int DRAWN = 16;
    private static final int GRAIN = 24;

    /**
     * Reads a folder's pictures, or draws some.
     *
     * @param folder null to draw
     * @param sidePx of drawn pictures
     */
    static BenchPictures of(@Nullable Path folder, int sidePx) throws IOException {
        return folder == null ? drawn(sidePx) : read(folder);
    }

    private static BenchPictures read(Path folder) throws IOException {
        List<Path> files = PictureFiles.expand(List.of(folder.toString()), false);
        List<byte[]> encoded = new ArrayList<>();
        long bytes = 0;
        for (Path file : files.subList(0, Math.min(MOST, files.size()))) {
            encoded.add(Files.readAllBytes(file));
            bytes += encoded.get(encoded.size() - 1).length;
        }
        if (encoded.isEmpty()) {
            throw UserException.badArguments("--images " + folder + " holds no pictures");
        }
        return new BenchPictures(
                encoded.size() + " pictures of " + folder.getFileName() + ", " + bytes / encoded.size() / 1000
                        + " kB each",
                encoded);
    }

    /** Smooth colours with grain, so that they cost about as much to decode as photos. */
    private static BenchPictures drawn(int sidePx) throws IOException {
        List<byte[]> encoded = new ArrayList<>();
        long bytes = 0;
        for (int seed = 0; seed < DRAWN; seed++) {
            byte[] pixels = Int8Check.pixels(seed, sidePx, sidePx);
            Random random = new Random(seed);
            BufferedImage image = new BufferedImage(sidePx, sidePx, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < sidePx * sidePx; i++) {
                int grain = random.nextInt(GRAIN) - GRAIN / 2;
                image.setRGB(i % sidePx, i / sidePx, rgb(pixels, 3 * i, grain));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", out);
            encoded.add(out.toByteArray());
            bytes += out.size();
        }
        return new BenchPictures(
                DRAWN + " drawn JPEGs of " + sidePx + "x" + sidePx + " px, " + bytes / DRAWN / 1000 + " kB each",
                encoded);
    }

    private static int rgb(byte[] pixels, int at, int grain) {
        int rgb = 0;
        for (int i = 0; i < 3; i++) {
            rgb = rgb << 8 | Math.max(0, Math.min(255, (pixels[at + i] & 0xFF) + grain));
        }
        return rgb;
    }
}
