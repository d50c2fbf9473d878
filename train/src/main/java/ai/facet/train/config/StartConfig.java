package ai.facet.train.config;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which weights a run begins with and which it never changes.
 *
 * @param checkpointSha256 of the checkpoint whose weights are taken where they fit; empty for none
 * @param frozen parameter paths, or their beginnings up to a dot, with {@code *} for any text
 */
public record StartConfig(String checkpointSha256, List<String> frozen) {
    /** Random weights, all of them trained. */
    public static final StartConfig FRESH = new StartConfig("", List.of());

    public StartConfig {
        frozen = List.copyOf(frozen);
    }

    static StartConfig fromJson(JsonObject json) {
        return new StartConfig(json.string("checkpointSha256"), json.strings("frozen"));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("checkpointSha256", checkpointSha256);
        json.put("frozen", frozen);
        return json;
    }

    /** Whether the weights come from a checkpoint. */
    public boolean fromCheckpoint() {
        return !checkpointSha256.isEmpty();
    }

    /** Whether a parameter is one that stays as it is. */
    public boolean isFrozen(String parameterPath) {
        return frozen.stream().anyMatch(pattern -> matches(pattern, parameterPath));
    }

    private static boolean matches(String pattern, String path) {
        String text = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return path.matches(text + "(\\..*)?");
    }
}
