package ai.facet.export.inspect;

import ai.facet.bundle.ModelBundle;
import ai.facet.files.ModelFileKind;
import ai.facet.files.RegularFiles;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.json.JsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds out what a model file or a bundle holds, as JSON values in the order in which people read them. */
public final class ModelInspector {
    private static final int SHOWN_BYTES = 8;

    private ModelInspector() {}

    /**
     * Looks into a file or folder.
     *
     * @throws IOException in one line with the file, the place, what was found and what was expected
     */
    public static Map<String, Object> inspect(Path path) throws IOException {
        ModelFileKind kind = kindOf(path);
        if (kind == ModelFileKind.BUNDLE) {
            return bundle(path);
        }
        if (kind == ModelFileKind.RUN_FOLDER) {
            throw new IOException(path + " is a run folder; expected a checkpoint in it, such as "
                    + path.resolve("best.safetensors") + ", or a bundle");
        }
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a folder without " + ModelBundle.CHECKSUMS
                    + "; expected a bundle written by facet export");
        }
        RegularFiles.require(path);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", path.toString());
        facts.put("kind", nameOf(kind));
        facts.put("bytes", Files.size(path));
        facts.put("sha256", Sha256.of(path));
        try {
            addContent(kind, path, facts);
        } catch (EOFException e) {
            throw new IOException(path + " ends within one of its parts; copy or export it again", e);
        }
        return facts;
    }

    /** Whether a file is read as ONNX. */
    public static boolean isOnnx(Path file) {
        return kindOf(file) == ModelFileKind.ONNX;
    }

    /** By the first bytes; a damaged or foreign file by what its name promises, so that the message says what is wrong. */
    private static ModelFileKind kindOf(Path path) {
        ModelFileKind kind = ModelFileKind.of(path);
        if (kind != ModelFileKind.OTHER || !Files.isRegularFile(path)) {
            return kind;
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".onnx")) {
            return ModelFileKind.ONNX;
        }
        if (name.endsWith(".pt") || name.endsWith(".pth")) {
            return ModelFileKind.TORCHSCRIPT;
        }
        return name.endsWith(".safetensors") ? ModelFileKind.CHECKPOINT : kind;
    }

    private static void addContent(ModelFileKind kind, Path path, Map<String, Object> facts) throws IOException {
        switch (kind) {
            case ONNX -> OnnxFacts.add(OnnxStructure.read(path), path, facts);
            case TORCHSCRIPT -> TorchFacts.add(TorchArchive.read(path), path, facts);
            case CHECKPOINT -> CheckpointFacts.add(path, facts);
            default ->
                throw new IOException(path + " begins with " + start(path)
                        + "; expected an ONNX file, a TorchScript archive, a checkpoint (.safetensors) or a bundle");
        }
    }

    private static String nameOf(ModelFileKind kind) {
        return switch (kind) {
            case ONNX -> "ONNX";
            case TORCHSCRIPT -> "TorchScript";
            case CHECKPOINT -> "checkpoint";
            default -> "unknown";
        };
    }

    private static String start(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(SHOWN_BYTES);
            return start.length == 0
                    ? "nothing (it is empty)"
                    : "bytes " + HexFormat.ofDelimiter(" ").formatHex(start);
        }
    }

    private static Map<String, Object> bundle(Path folder) throws IOException {
        ModelBundle bundle = ModelBundle.open(folder);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("folder", folder.toString());
        facts.put("kind", "bundle");
        facts.put("checksums", "all files are as " + ModelBundle.CHECKSUMS + " says");
        DescriptionFacts.add(bundle.description(), facts);
        facts.put("files", files(folder));
        if (Files.isRegularFile(folder.resolve(ModelBundle.PARITY))) {
            facts.put("parityAtExport", parity(folder.resolve(ModelBundle.PARITY)));
        }
        List<Map<String, Object>> models = new ArrayList<>();
        for (Path file : list(folder)) {
            if (file.toString().endsWith(".onnx") || file.toString().endsWith(".pt")) {
                models.add(withoutDescription(inspect(file)));
            }
        }
        facts.put("models", models);
        return facts;
    }

    /** The bundle says it once for all of its models. */
    private static Map<String, Object> withoutDescription(Map<String, Object> facts) {
        DescriptionFacts.KEYS.forEach(facts::remove);
        return facts;
    }

    private static Map<String, Object> parity(Path file) throws IOException {
        try {
            var report = Json.parseObject(RegularFiles.readText(file), file.toString())
                    .object("report");
            double largest = report.objects("differences").stream()
                    .mapToDouble(d -> d.number("largest"))
                    .max()
                    .orElse(0);
            return Map.of("passed", report.bool("passed"), "largestLogitDifference", largest);
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<Map<String, Object>> files(Path folder) throws IOException {
        List<Map<String, Object>> files = new ArrayList<>();
        for (Path file : list(folder)) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", String.valueOf(file.getFileName()));
            row.put("bytes", Files.size(file));
            row.put("sha256", Sha256.of(file));
            files.add(row);
        }
        return files;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
