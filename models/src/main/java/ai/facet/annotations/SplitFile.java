package ai.facet.annotations;

import ai.facet.files.AtomicFiles;
import ai.facet.files.RegularFiles;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A split in a run folder: {@code {"format": 1, "seed", "validation", "test", "nearDuplicates", "hash", "sides":
 * {"<content hash>": "train" | "validation" | "test"}}}. No file names. A content that the annotations themselves put on
 * several sides has them all, as {@code "test,train"}; its rows then keep the sides that the annotations name.
 */
public final class SplitFile {
    private static final int FORMAT = 1;

    private SplitFile() {}

    /** Stores a split. */
    public static void write(Path file, DataSplit split, List<ImageFingerprint> fingerprints, AtomicFiles files)
            throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("seed", split.options().seed());
        json.put("validation", split.options().validationFraction());
        json.put("test", split.options().testFraction());
        json.put("nearDuplicates", split.options().keepNearDuplicatesTogether());
        json.put("hash", split.hash());
        json.put("sides", sidesByContent(fingerprints, split.sides()));
        files.writeText(file, Json.writePretty(json));
    }

    /**
     * The stored split of the same images, whatever their order.
     *
     * @throws IOException if the file was made from other images, or is damaged
     */
    public static DataSplit read(Path file, AnnotationTable table, List<ImageFingerprint> fingerprints)
            throws IOException {
        JsonObject json = json(file);
        DataSplit split = split(json, table, fingerprints);
        if (!split.hash().equals(json.string("hash"))) {
            throw new IOException(file + " belongs to other images: it has the hash " + json.string("hash")
                    + ", these images give " + split.hash() + ". Restore the images that it was made from");
        }
        return split;
    }

    /**
     * The stored sides of some of its images, as of one file of several.
     *
     * @throws IOException naming the first image that it does not know, or if it is damaged
     */
    public static DataSplit readPart(Path file, AnnotationTable table, List<ImageFingerprint> fingerprints)
            throws IOException {
        return split(json(file), table, fingerprints);
    }

    /**
     * Which of some images the split has on a side, if perhaps on others too. Images that it does not know are on none.
     *
     * @return positions in the list
     * @throws IOException if the file is damaged
     */
    public static int[] onSide(Path file, List<ImageFingerprint> fingerprints, SplitSide side) throws IOException {
        JsonObject stored = json(file).object("sides");
        return IntStream.range(0, fingerprints.size())
                .filter(i -> {
                    String content = fingerprints.get(i).contentHash();
                    return stored.has(content)
                            && Arrays.asList(stored.string(content).split(",")).contains(side.text());
                })
                .toArray();
    }

    private static JsonObject json(Path file) throws IOException {
        JsonObject json = Json.parseObject(RegularFiles.readText(file), file.toString());
        if (json.int32("format") != FORMAT) {
            throw json.error("format", "is " + json.int32("format") + "; expected " + FORMAT);
        }
        return json;
    }

    private static DataSplit split(JsonObject json, AnnotationTable table, List<ImageFingerprint> fingerprints)
            throws IOException {
        List<SplitSide> sides = storedSides(json.object("sides"), table, fingerprints);
        return new DataSplit(sides, hash(fingerprints, sides), options(json), List.of());
    }

    private static SplitOptions options(JsonObject json) {
        try {
            return new SplitOptions(
                    json.integer("seed"), json.number("validation"), json.number("test"), json.bool("nearDuplicates"));
        } catch (IllegalArgumentException e) {
            throw json.error("*", String.valueOf(e.getMessage()));
        }
    }

    static String hash(List<ImageFingerprint> fingerprints, List<SplitSide> sides) {
        String text = Json.write(sidesByContent(fingerprints, sides));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> sidesByContent(List<ImageFingerprint> fingerprints, List<SplitSide> sides) {
        Map<String, String> byContent = new TreeMap<>();
        for (int i = 0; i < sides.size(); i++) {
            byContent.merge(fingerprints.get(i).contentHash(), sides.get(i).text(), SplitFile::mergeSides);
        }
        return byContent;
    }

    private static String mergeSides(String sides, String side) {
        return Stream.of((sides + "," + side).split(",")).sorted().distinct().collect(Collectors.joining(","));
    }

    private static List<SplitSide> storedSides(
            JsonObject stored, AnnotationTable table, List<ImageFingerprint> fingerprints) throws IOException {
        List<SplitSide> sides = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            AnnotatedImage image = table.images().get(i);
            String content = fingerprints.get(i).contentHash();
            if (!stored.has(content)) {
                throw new IOException(image.place() + ": " + image.path().getFileName() + " is not in the stored split "
                        + stored.place()
                        + ": the picture is new or has changed. Leave its row out, or restore the picture");
            }
            SplitSide own = image.split();
            sides.add(own != null ? own : storedSide(stored, content));
        }
        return sides;
    }

    private static SplitSide storedSide(JsonObject stored, String content) {
        return SplitSide.ofText(stored.string(content))
                .orElseThrow(() -> stored.error(
                        content, "is \"" + stored.string(content) + "\"; expected train, validation or test"));
    }
}
