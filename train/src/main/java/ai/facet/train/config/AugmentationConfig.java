package ai.facet.train.config;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How training pictures are changed at random.
 *
 * @param flip whether half of them are mirrored
 */
public record AugmentationConfig(boolean flip) {
    static AugmentationConfig fromJson(JsonObject json) {
        return new AugmentationConfig(json.bool("flip"));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("flip", flip);
        return json;
    }
}
