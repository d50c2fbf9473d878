package ai.facet.bundle;

import ai.facet.description.ModelDescription;
import ai.facet.files.AtomicFiles;
import ai.facet.files.RegularFiles;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.prediction.Int8Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An opened bundle folder. Layout in the package description.
 *
 * @param folder the bundle's folder
 * @param description its {@code model.json}
 */
public record ModelBundle(Path folder, ModelDescription description) {
    public static final String DESCRIPTION = "model.json";
    public static final String ONNX = "model.onnx";
    public static final String TORCHSCRIPT = "model.pt";
    /** Only in bundles exported with {@code --explain}. */
    public static final String EXPLAIN = "model.explain.onnx";

    /** Only in bundles exported with {@code --fp16}: weights in 16 bits. */
    public static final String HALF_WEIGHTS = "model.fp16.onnx";

    /** Only in bundles exported with {@code --int8}, as is {@link #INT8_REPORT}. */
    public static final String INT8 = "model.int8.onnx";

    public static final String INT8_REPORT = "int8.json";

    public static final String PARITY = "parity.json";
    public static final String MODEL_CARD = "MODEL_CARD.md";
    public static final String SERVING_PROPERTIES = "serving.properties";
    public static final String CHECKSUMS = "SHA256SUMS";

    /** Files that compute; all but the first two only where they were asked for. */
    public static final List<String> ARTIFACTS = List.of(ONNX, TORCHSCRIPT, EXPLAIN, HALF_WEIGHTS, INT8);

    private static final List<String> OPTIONAL = List.of(EXPLAIN, HALF_WEIGHTS, INT8, INT8_REPORT);
    private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /**
     * Opens a bundle and verifies every checksum.
     *
     * @throws BundleException if the folder is no bundle, is incomplete or a file changed
     */
    public static ModelBundle open(Path folder) throws IOException {
        verifyChecksums(folder);
        Path file = folder.resolve(DESCRIPTION);
        try {
            return new ModelBundle(folder, ModelDescription.parse(RegularFiles.readText(file), file.toString()));
        } catch (JsonException e) {
            throw new BundleException(e.getMessage() + ". Export the model again");
        }
    }

    /** Whether a folder looks like a finished bundle. */
    public static boolean isBundle(Path folder) {
        return Files.isRegularFile(folder.resolve(CHECKSUMS)) && Files.isRegularFile(folder.resolve(DESCRIPTION));
    }

    public Path onnx() {
        return folder.resolve(ONNX);
    }

    public Path torchScript() {
        return folder.resolve(TORCHSCRIPT);
    }

    /** The network with its class maps; see {@code ai.facet.heat}. */
    public Optional<Path> explain() {
        return Optional.of(folder.resolve(EXPLAIN)).filter(Files::isRegularFile);
    }

    /** The network with weights in 16 bits. */
    public Optional<Path> halfWeights() {
        return Optional.of(folder.resolve(HALF_WEIGHTS)).filter(Files::isRegularFile);
    }

    /** The network in 8-bit integers; see {@code ai.facet.export.int8}. */
    public Optional<Path> int8() {
        return Optional.of(folder.resolve(INT8)).filter(Files::isRegularFile);
    }

    /**
     * What the int8 model is to answer about drawn pictures.
     *
     * @throws BundleException if the bundle has no int8 model, or its report cannot be read
     */
    public Int8Check int8Check() throws IOException {
        return fromInt8Report(report -> Int8Check.fromJson(report.object("selfCheck"), description.schema()));
    }

    /**
     * Whether the int8 model passed its comparison with the float model where it was made.
     *
     * @throws BundleException if the bundle has no int8 model, or its report cannot be read
     */
    public boolean int8Passed() throws IOException {
        return fromInt8Report(report -> report.object("evaluation").bool("passed"));
    }

    private <T> T fromInt8Report(Function<JsonObject, T> use) throws IOException {
        Path file = folder.resolve(INT8_REPORT);
        if (!Files.isRegularFile(file)) {
            throw new BundleException(folder + " has no " + INT8_REPORT + "; export it with facet export --int8");
        }
        try {
            return use.apply(Json.parseObject(RegularFiles.readText(file), file.toString()));
        } catch (JsonException e) {
            throw new BundleException(e.getMessage() + ". Export the model again");
        }
    }

    /** Writes {@code SHA256SUMS} over all files of a folder: the last step of making a bundle. */
    public static void writeChecksums(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.filter(Files::isRegularFile)
                    .filter(f ->
                            !f.endsWith(CHECKSUMS) && isListed(f.getFileName().toString()))
                    .sorted()
                    .toList();
            for (Path file : sorted) {
                lines.append(Sha256.of(file))
                        .append("  ")
                        .append(file.getFileName())
                        .append('\n');
            }
        }
        AtomicFiles.real().writeText(folder.resolve(CHECKSUMS), lines.toString());
    }

    /** Leftovers of a killed write and files that systems drop into folders are no part of a bundle. */
    private static boolean isListed(String name) {
        return name.matches(FILE_NAME) && !name.endsWith(AtomicFiles.TEMPORARY_SUFFIX);
    }

    private static void verifyChecksums(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(
                    folder.toString(), null, "does not exist; expected a bundle written by facet export");
        }
        if (!Files.isDirectory(folder)) {
            throw new BundleException(folder + " is not a folder; expected a bundle written by facet export");
        }
        if (!Files.isRegularFile(folder.resolve(CHECKSUMS))) {
            throw new BundleException(folder + " has no " + CHECKSUMS
                    + "; expected a bundle written by facet export (an interrupted export leaves none: run it again)");
        }
        Map<String, String> sums = readChecksums(folder.resolve(CHECKSUMS));
        for (String required : List.of(DESCRIPTION, ONNX)) {
            if (!sums.containsKey(required)) {
                throw new BundleException(
                        folder.resolve(CHECKSUMS) + " does not list " + required + ". Export the model again");
            }
        }
        for (String optional : OPTIONAL) {
            if (Files.exists(folder.resolve(optional)) && !sums.containsKey(optional)) {
                throw new BundleException(folder.resolve(CHECKSUMS) + " does not list " + optional
                        + ", which lies beside it. Remove it, or export the model again");
            }
        }
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            verify(folder.resolve(sum.getKey()), sum.getValue());
        }
    }

    private static void verify(Path file, String expected) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BundleException(file + " is missing though " + CHECKSUMS + " lists it. Copy the bundle again");
        }
        String found = Sha256.of(file);
        if (!found.equals(expected)) {
            throw new BundleException(file + " is damaged: SHA-256 is " + found + ", expected " + expected
                    + ". Copy or export the bundle again");
        }
    }

    private static Map<String, String> readChecksums(Path file) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1); // any bytes get a line number
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.matches("[0-9a-f]{64}  " + FILE_NAME)) {
                throw new BundleException(file + ":" + (i + 1) + ": \"" + line
                        + "\"; expected 64 hexadecimal digits, two spaces and a file name without a folder");
            }
            sums.put(line.substring(66), line.substring(0, 64));
        }
        return sums;
    }

    /** One line for people: name, attributes and input size. */
    public String summary() {
        String ids = description.schema().attributes().stream()
                .map(a -> a.id() + "(" + a.classCount() + ")")
                .collect(Collectors.joining(", "));
        return description.name() + ": " + ids + " from "
                + description.preprocessing().widthPx() + "x"
                + description.preprocessing().heightPx() + " px";
    }
}
