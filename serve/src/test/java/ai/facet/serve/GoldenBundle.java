package ai.facet.serve;

import ai.facet.bundle.ModelBundle;
import ai.facet.description.ModelDescription;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Int8Check;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final long SEED = 7;

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
     * Copies the bundle with a {@code model.int8.onnx}, which is the float model under that name: what is tested is who is
     * chosen, not the arithmetic.
     *
     * @param agrees whether its check holds the answers that it gives here
     * @param passed what its report says of the comparison
     */
    public static Path copyWithInt8To(Path folder, boolean agrees, boolean passed) throws IOException {
        copyTo(folder);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("evaluation", Map.of("passed", passed));
        report.put("selfCheck", check(folder, agrees));
        Files.copy(folder.resolve(ModelBundle.ONNX), folder.resolve(ModelBundle.INT8));
        Files.writeString(folder.resolve(ModelBundle.INT8_REPORT), Json.write(report));
        ModelBundle.writeChecksums(folder);
        return folder;
    }

    private static Map<String, Object> check(Path folder, boolean agrees) throws IOException {
        try (OnnxModel model = OnnxModel.open(folder.resolve(ModelBundle.ONNX), InferenceOptions.DEFAULT)) {
            ModelDescription description = model.description();
            int widthPx = description.preprocessing().widthPx();
            int heightPx = description.preprocessing().heightPx();
            ByteBuffer pixels = ByteBuffer.allocateDirect(
                            description.preprocessing().imageBytes())
                    .put(Int8Check.pixels(SEED, widthPx, heightPx));
            List<AttributePrediction> answers =
                    model.run(pixels, 1).prediction(description, 0).attributes();
            int[] classes =
                    answers.stream().mapToInt(AttributePrediction::classIndex).toArray();
            classes[0] = agrees ? classes[0] : 1 - Math.min(1, classes[0]);
            return new Int8Check(List.of(SEED), List.of(classes)).toJson(description.schema());
        }
    }

    /** Gives a bundle another name inside, so that who answers can be told from who answered before. */
    public static void rename(Path bundle, String name) throws IOException {
        Path file = bundle.resolve(ModelBundle.DESCRIPTION);
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"name\": *\"[^\"]*\"", "\"name\": \"" + name + "\""));
        ModelBundle.writeChecksums(bundle);
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
