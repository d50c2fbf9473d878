package ai.facet.export.inspect;

import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.json.JsonException;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What our description says: classes, preprocessing, calibration, provenance. */
final class DescriptionFacts {
    static final List<String> KEYS = List.of("name", "attributes", "preprocessing", "network", "licence", "provenance");

    private DescriptionFacts() {}

    /** @param source what the text is called in messages */
    static void parse(String text, String source, Map<String, Object> facts) throws IOException {
        try {
            add(ModelDescription.parse(text, source), facts);
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static void add(ModelDescription description, Map<String, Object> facts) {
        facts.put("name", description.name());
        facts.put("attributes", attributes(description));
        facts.put("preprocessing", description.preprocessing().toJson());
        facts.put("network", description.network().name());
        facts.put("licence", description.licence());
        facts.put("provenance", description.provenance());
    }

    private static List<Map<String, Object>> attributes(ModelDescription description) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < description.schema().size(); i++) {
            Attribute attribute = description.schema().attributes().get(i);
            Calibration calibration = description.calibration().get(i);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", attribute.id());
            row.put("title", attribute.title());
            row.put("temperature", calibration.temperature());
            row.put("unsureBelow", calibration.unsureBelow());
            row.put("classes", attribute.classes());
            rows.add(row);
        }
        return rows;
    }
}
