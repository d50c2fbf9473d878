package ai.facet.network;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The network as data. */
public record NetworkSpec(String name) {

    public static NetworkSpec fromJson(JsonObject json) {
        return new NetworkSpec(json.string("name"));
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        return json;
    }
}
