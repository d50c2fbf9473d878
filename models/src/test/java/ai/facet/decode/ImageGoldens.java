package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pictures and expectations that {@code scripts/goldens/make-image-goldens.py} made with Pillow. */
public final class ImageGoldens {
    private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.DEFAULT);

    private ImageGoldens() {}

    public static byte[] bytes(String file) {
        try (InputStream in = ImageGoldens.class.getResourceAsStream("/golden/images/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no golden " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RgbImage decoded(String file) throws ImageDecodeException {
        return (RgbImage) DECODER.decode(bytes(file), file);
    }

    /** The rows of a table, split at tabs. */
    public static List<List<String>> table(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(line -> List.of(line.split("\t")))
                .toList();
    }
}
