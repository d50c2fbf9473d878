package ai.facet.train.config;

import ai.facet.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files and columns the pictures and labels come from. Stays in the run folder: models must not name files.
 *
 * @param data the annotations; pictures lie relative to its folder
 * @param validationData annotations of the validation pictures, if they are separate
 * @param testData annotations of the test pictures, if they are separate
 * @param splitColumn column that says {@code train}, {@code validation} or {@code test}
 * @param groupColumn column whose equal values stay in one part
 * @param boxColumns four columns x, y, width, height in pixels; empty for whole pictures
 * @param schema a schema file; null to infer attributes and classes from {@code data}
 * @param skipBadImages leave unreadable pictures out instead of stopping
 */
public record DataConfig(
        Path data,
        @Nullable Path validationData,
        @Nullable Path testData,
        @Nullable String splitColumn,
        @Nullable String groupColumn,
        List<String> boxColumns,
        @Nullable Path schema,
        boolean skipBadImages) {
    public DataConfig {
        boxColumns = List.copyOf(boxColumns);
    }

    public static DataConfig fromJson(JsonObject json) {
        return new DataConfig(
                Path.of(json.string("data")),
                path(json, "validationData"),
                path(json, "testData"),
                json.has("splitColumn") ? json.string("splitColumn") : null,
                json.has("groupColumn") ? json.string("groupColumn") : null,
                json.strings("boxColumns"),
                path(json, "schema"),
                json.bool("skipBadImages"));
    }

    /** File names are made absolute, so that a run can go on from any folder. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data.toAbsolutePath().toString());
        put(json, "validationData", validationData == null ? null : validationData.toAbsolutePath());
        put(json, "testData", testData == null ? null : testData.toAbsolutePath());
        put(json, "splitColumn", splitColumn);
        put(json, "groupColumn", groupColumn);
        json.put("boxColumns", boxColumns);
        put(json, "schema", schema == null ? null : schema.toAbsolutePath());
        json.put("skipBadImages", skipBadImages);
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
