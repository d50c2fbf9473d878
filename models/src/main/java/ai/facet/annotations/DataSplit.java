package ai.facet.annotations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which images train, which validate, which test. Copies, near copies and groups stay on one side; the sides have the
 * classes in about the same shares.
 *
 * @param sides one per image, in the order of the table
 * @param hash SHA-256 over content hashes and sides, independent of names and row order
 * @param options what it was made with
 * @param warnings what the user should know, such as a picture that the CSV puts on two sides
 */
public record DataSplit(List<SplitSide> sides, String hash, SplitOptions options, List<String> warnings) {
    public DataSplit {
        sides = List.copyOf(sides);
        warnings = List.copyOf(warnings);
    }

    /**
     * Divides a table. A side that the table fixes for some rows is not drawn for others.
     *
     * @param fingerprints one per image of the table
     */
    public static DataSplit of(AnnotationTable table, List<ImageFingerprint> fingerprints, SplitOptions options) {
        return new SplitAssignment(table, fingerprints, options).split();
    }

    /** The images of a side, ascending indices into the table. */
    public int[] indices(SplitSide side) {
        return IntStream.range(0, sides.size())
                .filter(i -> sides.get(i) == side)
                .toArray();
    }

    /** What a model keeps of its data: {@code dataHash}, {@code fileHashes}, {@code splitHash}, {@code seed}, {@code fractions}. */
    public Map<String, Object> provenance(AnnotationTable table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataHash", table.hash());
        json.put("fileHashes", table.fileHashes());
        json.put("splitHash", hash);
        json.put("seed", options.seed());
        json.put("fractions", fractions());
        return json;
    }

    /** The shares that the sides got, in percent-like numbers of at most four decimals. */
    private Map<String, Object> fractions() {
        Map<String, Object> fractions = new LinkedHashMap<>();
        for (SplitSide side : SplitSide.values()) {
            fractions.put(side.text(), Math.round(1e4 * indices(side).length / sides.size()) / 1e4);
        }
        return fractions;
    }

    /** How many images each side has: {@code 850 train, 150 validation, 0 test}. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        for (SplitSide side : SplitSide.values()) {
            parts.add(indices(side).length + " " + side.text());
        }
        return String.join(", ", parts);
    }
}
