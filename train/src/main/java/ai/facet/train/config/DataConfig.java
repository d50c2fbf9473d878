package ai.facet.train.config;

import ai.facet.annotations.CsvOptions;
import ai.facet.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files and columns the pictures and labels come from. Stays in the run folder: models must not name files.
 *
 * @param data the annotations; pictures lie relative to its folder
 * @param validationData annotations of the validation pictures, if they are separate
 * @param testData annotations of the test pictures, if they are separate
 * @param columns what the columns mean; its schema is not used
 * @param schema a schema file; null to infer attributes and classes from {@code data}
 * @param skipBadImages leave unreadable pictures out instead of stopping
 */
public record DataConfig(
        Path data,
        @Nullable Path validationData,
        @Nullable Path testData,
        CsvOptions columns,
        @Nullable Path schema,
        boolean skipBadImages) {

    /** One CSV in the standard form. */
    public static DataConfig of(Path data) {
        return new DataConfig(data, null, null, CsvOptions.defaults(), null, false);
    }

    public static DataConfig fromJson(JsonObject json) {
        return new DataConfig(
                Path.of(json.string("data")),
                path(json, "validationData"),
                path(json, "testData"),
                columns(json.object("columns")),
                path(json, "schema"),
                json.bool("skipBadImages"));
    }

    private static CsvOptions columns(JsonObject json) {
        return CsvOptions.defaults()
                .withImageColumn(json.string("image"))
                .withAttributes(json.strings("attributes"))
                .withBoxColumns(json.strings("box"))
                .withGroupColumn(json.has("group") ? json.string("group") : null)
                .withSplitColumn(json.has("split") ? json.string("split") : null)
                .withMissing(Set.copyOf(json.strings("missing")))
                .withUnknownAsMissing(json.has("unknownAsMissing") && json.bool("unknownAsMissing"));
    }

    /** File names are made absolute, so that a run can go on from any folder. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data.toAbsolutePath().toString());
        put(json, "validationData", validationData == null ? null : validationData.toAbsolutePath());
        put(json, "testData", testData == null ? null : testData.toAbsolutePath());
        json.put("columns", columnsJson());
        put(json, "schema", schema == null ? null : schema.toAbsolutePath());
        json.put("skipBadImages", skipBadImages);
        return json;
    }

    private Map<String, Object> columnsJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("image", columns.imageColumn());
        json.put("attributes", columns.attributes());
        json.put("box", columns.boxColumns());
        put(json, "group", columns.groupColumn());
        put(json, "split", columns.splitColumn());
        json.put("missing", List.copyOf(columns.missing()));
        json.put("unknownAsMissing", columns.unknownAsMissing());
        return json;
    }

    private static void put(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value.toString());
        }
    }

    private static @Nullable Path path(JsonObject json, String key) {
        return json.has(key) ? Path.of(json.string(key)) : null;
    }
}
