package ai.facet.serve.client;

import ai.facet.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that a server has.
 *
 * @param precision {@code fp32} or {@code int8}
 * @param ready whether it can answer
 * @param classes of each attribute, by its id
 */
public record ServedModel(
        String name, String version, String precision, boolean ready, Map<String, List<String>> classes) {
    public ServedModel {
        classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    }

    static ServedModel parse(JsonObject json) {
        Map<String, List<String>> classes = new LinkedHashMap<>();
        for (JsonObject attribute : json.objects("attributes")) {
            classes.put(attribute.string("id"), attribute.strings("classes"));
        }
        return new ServedModel(
                json.string("modelName"),
                json.string("version"),
                json.string("precision"),
                json.string("status").equals("READY"),
                classes);
    }
}
