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
