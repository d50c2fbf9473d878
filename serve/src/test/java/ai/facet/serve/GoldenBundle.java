package ai.facet.serve;

import ai.facet.bundle.ModelBundle;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The golden bundle of the module models: a tiny network with random weights, pictures and their expected logits. */
public final class GoldenBundle {
    private static final List<String> FILES = List.of(
            ModelBundle.DESCRIPTION,
            ModelBundle.ONNX,
            ModelBundle.TORCHSCRIPT,
            ModelBundle.PARITY,
            ModelBundle.MODEL_CARD,
            ModelBundle.SERVING_PROPERTIES,
            ModelBundle.CHECKSUMS);

    private GoldenBundle() {}

    /** Copies the bundle into a new folder, which is returned. */
    public static Path copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : FILES) {
            Files.write(folder.resolve(file), bytes("bundle-v1/" + file));
        }
        return folder;
    }

    /** Copies the bundle as {@code facet export --explain} writes it into a new folder, which is returned. */
    public static Path copyWithHeatTo(Path folder) throws IOException {
        copyTo(folder);
        Files.write(folder.resolve(ModelBundle.EXPLAIN), bytes("bundle-v1-explain/" + ModelBundle.EXPLAIN));
        ModelBundle.writeChecksums(folder);
        return folder;
    }

    /**
     * The heat of a picture for an attribute's class, of any scale.
     *
     * @param index of the picture in {@link #expected}
     */
    public static List<Double> heat(int index, String attribute, int classIndex) throws IOException {
        String text = new String(bytes("bundle-v1-inputs/expected-heat.json"), StandardCharsets.UTF_8);
        JsonObject image =
                Json.parseObject(text, "expected-heat.json").objects("images").get(index);
        Object classes = Objects.requireNonNull(image.raw(attribute));
        return ((List<?>) ((List<?>) classes).get(classIndex))
                .stream()
                        .map(v -> ((Number) Objects.requireNonNull(v)).doubleValue())
                        .toList();
    }

    /** The pictures with their logits: {@code file}, and {@code <attribute>_logits} each. */
    public static List<JsonObject> expected() throws IOException {
        String text = new String(bytes("bundle-v1-inputs/expected.json"), StandardCharsets.UTF_8);
        return Json.parseObject(text, "expected.json").objects("images");
    }

    /** An encoded picture. */
    public static byte[] picture(String file) throws IOException {
        return bytes("bundle-v1-inputs/" + file);
    }

    /** Writes all pictures into a new folder, which is returned. */
    public static Path picturesTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (JsonObject image : expected()) {
            Files.write(folder.resolve(image.string("file")), picture(image.string("file")));
        }
        return folder;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenBundle.class.getResourceAsStream("/golden/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
