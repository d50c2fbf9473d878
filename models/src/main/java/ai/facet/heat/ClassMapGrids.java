package ai.facet.heat;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.network.CellGrid;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the class maps of each attribute lie on the network's input. Format in the package description.
 *
 * @param grids one for each attribute, in schema order
 */
public record ClassMapGrids(List<CellGrid> grids) {
    public static final int FORMAT_VERSION = 1;

    /** Key of the document in the ONNX file's {@code metadata_props}. */
    public static final String ONNX_METADATA_KEY = "facet.class-maps";

    /** More than any input has pixels on a side. */
    private static final int MAX_CELLS = 4096;

    public ClassMapGrids {
        grids = List.copyOf(grids);
    }

    /** The output's name: {@code gender_cam}. */
    public static String outputName(Attribute attribute) {
        return attribute.id() + "_cam";
    }

    /**
     * Reads the document.
     *
     * @param source what the text is called in error messages
     * @throws JsonException if it is not valid, of a newer format, or lacks an attribute
     */
    public static ClassMapGrids parse(String text, String source, AttributeSchema schema) {
        JsonObject json = Json.parseObject(text, source);
        int version = json.int32("formatVersion");
        if (version != FORMAT_VERSION) {
            throw json.error(
                    "formatVersion",
                    "is " + version + "; expected " + FORMAT_VERSION + ". Use a newer Facet for this model");
        }
        JsonObject maps = json.object("maps");
        return new ClassMapGrids(
                schema.attributes().stream().map(a -> grid(maps, a)).toList());
    }

    private static CellGrid grid(JsonObject maps, Attribute attribute) {
        JsonObject map = maps.object(attribute.id());
        String expected = outputName(attribute);
        if (!map.string("output").equals(expected)) {
            throw map.error("output", "is \"" + map.string("output") + "\"; expected \"" + expected + "\"");
        }
        return new CellGrid(
                positive(map, "rows"), positive(map, "columns"), map.number("firstCentrePx"), positive(map, "stepPx"));
    }

    private static int positive(JsonObject map, String key) {
        int value = map.int32(key);
        if (value < 1 || value > MAX_CELLS) {
            throw map.error(key, "is " + value + "; expected 1 to " + MAX_CELLS);
        }
        return value;
    }

    /** The document: the same grids give the same text. */
    public String toText(AttributeSchema schema) {
        Map<String, Object> maps = new LinkedHashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            Attribute attribute = schema.attributes().get(i);
            CellGrid grid = grids.get(i);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("output", outputName(attribute));
            map.put("rows", grid.rows());
            map.put("columns", grid.columns());
            map.put("firstCentrePx", grid.firstCentrePx());
            map.put("stepPx", grid.stepPx());
            maps.put(attribute.id(), map);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("maps", maps);
        return Json.writePretty(json);
    }
}
