package ai.facet.train.config;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What counts as wrong, and how much.
 *
 * @param labelSmoothing part of each label spread over all classes
 */
public record LossConfig(double labelSmoothing) {
    public LossConfig {
        Ranges.inRange("--label-smoothing", labelSmoothing, 0, 0.9999);
    }

    static LossConfig fromJson(JsonObject json) {
        return new LossConfig(json.number("labelSmoothing"));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labelSmoothing", labelSmoothing);
        return json;
    }
}
