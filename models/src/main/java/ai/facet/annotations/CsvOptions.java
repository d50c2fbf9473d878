package ai.facet.annotations;

import ai.facet.schema.AttributeSchema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a CSV are to be read; {@link #defaults()} and the {@code with} methods make one.
 *
 * @param imageColumn the column of image paths
 * @param attributes titles of the attribute columns in output order; empty means: all that have no other use
 * @param boxColumns titles of the columns left, top, width and height in pixels; empty means: no boxes
 * @param groupColumn the column of groups, or null
 * @param splitColumn the column of sides, or null
 * @param missing cell texts that stand for a missing label; the empty text always does
 * @param unknownAsMissing whether a class that the frozen schema lacks stands for a missing label instead of an error
 * @param schema the frozen schema, or null to infer it
 */
public record CsvOptions(
        String imageColumn,
        List<String> attributes,
        List<String> boxColumns,
        @Nullable String groupColumn,
        @Nullable String splitColumn,
        Set<String> missing,
        boolean unknownAsMissing,
        @Nullable AttributeSchema schema) {
    public static final String IMAGE_COLUMN = "image_path";
    public static final List<String> BOX_COLUMNS = List.of("x", "y", "w", "h");

    public CsvOptions {
        attributes = List.copyOf(attributes);
        boxColumns = List.copyOf(boxColumns);
        missing = Set.copyOf(missing);
        if (!boxColumns.isEmpty() && boxColumns.size() != BOX_COLUMNS.size()) {
            throw new IllegalArgumentException(
                    "box columns are " + boxColumns + "; expected four: left, top, width, height");
        }
    }

    public static CsvOptions defaults() {
        return new CsvOptions(IMAGE_COLUMN, List.of(), List.of(), null, null, Set.of(), false, null);
    }

    public CsvOptions withImageColumn(String title) {
        return new CsvOptions(
                title, attributes, boxColumns, groupColumn, splitColumn, missing, unknownAsMissing, schema);
    }

    public CsvOptions withAttributes(List<String> titles) {
        return new CsvOptions(
                imageColumn, titles, boxColumns, groupColumn, splitColumn, missing, unknownAsMissing, schema);
    }

    public CsvOptions withBoxColumns(List<String> titles) {
        return new CsvOptions(
                imageColumn, attributes, titles, groupColumn, splitColumn, missing, unknownAsMissing, schema);
    }

    public CsvOptions withGroupColumn(@Nullable String title) {
        return new CsvOptions(
                imageColumn, attributes, boxColumns, title, splitColumn, missing, unknownAsMissing, schema);
    }

    public CsvOptions withSplitColumn(@Nullable String title) {
        return new CsvOptions(
                imageColumn, attributes, boxColumns, groupColumn, title, missing, unknownAsMissing, schema);
    }

    public CsvOptions withMissing(Set<String> texts) {
        return new CsvOptions(
                imageColumn, attributes, boxColumns, groupColumn, splitColumn, texts, unknownAsMissing, schema);
    }

    /** Whether a class that the frozen schema lacks stands for a missing label instead of an error. */
    public CsvOptions withUnknownAsMissing(boolean missingInstead) {
        return new CsvOptions(
                imageColumn, attributes, boxColumns, groupColumn, splitColumn, missing, missingInstead, schema);
    }

    /** Freezes the schema: its attributes are read, in its order, and a class that it lacks is an error or missing. */
    public CsvOptions withSchema(@Nullable AttributeSchema frozen) {
        return new CsvOptions(
                imageColumn, attributes, boxColumns, groupColumn, splitColumn, missing, unknownAsMissing, frozen);
    }

    boolean isMissing(String label) {
        return label.isEmpty() || missing.contains(label);
    }
}
