package ai.facet.export.parity;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.image.Box;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pictures for a check, prepared exactly as the model's users prepare theirs. */
public final class RealImages {
    /** Enough to be different, few enough to be quick. */
    private static final int MOST = 16;

    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);
    private final PixelPipeline pipeline;

    private RealImages(Preprocessing preprocessing) {
        this.pipeline = new PixelPipeline(preprocessing);
    }

    /**
     * Pixels {@code [H, W, 3]} of up to 16 images, spread evenly over what is there.
     *
     * @param source a folder with JPEG and PNG files, or a CSV with a column {@code image_path}
     * @throws IOException if there is none, or one cannot be decoded
     */
    public static List<byte[]> load(Path source, Preprocessing preprocessing) throws IOException {
        return load(source, preprocessing, MOST, "--images");
    }

    /**
     * As {@link #load(Path, Preprocessing)}.
     *
     * @param most pictures to take
     * @param option that named the source, for error messages
     */
    public static List<byte[]> load(Path source, Preprocessing preprocessing, int most, String option)
            throws IOException {
        RealImages images = new RealImages(preprocessing);
        List<Picture> pictures = Files.isDirectory(source) ? inFolder(source) : inCsv(source);
        if (pictures.isEmpty()) {
            throw new IOException(source + " holds no .jpg, .jpeg or .png files; give another " + option);
        }
        List<byte[]> pixels = new ArrayList<>();
        int count = Math.min(most, pictures.size());
        for (int i = 0; i < count; i++) {
            pixels.add(images.pixels(pictures.get((int) ((long) i * pictures.size() / count))));
        }
        return pixels;
    }

    private record Picture(Path path, @Nullable Box box) {}

    private static List<Picture> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(RealImages::isPicture)
                    .sorted()
                    .map(file -> new Picture(file, null))
                    .toList();
        }
    }

    private static boolean isPicture(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpg|jpeg|png)");
    }

    private static List<Picture> inCsv(Path csv) throws IOException {
        List<AnnotatedImage> rows =
                CsvAnnotations.read(csv, CsvOptions.defaults()).images();
        return rows.stream().map(row -> new Picture(row.path(), row.box())).toList();
    }

    private byte[] pixels(Picture picture) throws IOException {
        byte[] pixels = new byte[pipeline.preprocessing().imageBytes()];
        String name = picture.path().toString();
        pipeline.apply(decoder.decode(decoder.read(picture.path()), name), picture.box(), pixels, 0);
        return pixels;
    }
}
