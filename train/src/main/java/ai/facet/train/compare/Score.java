package ai.facet.train.compare;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How well a network answers for one attribute on one side of the split; NaN where there are no labels.
 *
 * @param low lower end of the 95 % interval of the accuracy
 * @param high upper end
 */
public record Score(
        String id,
        String title,
        double accuracy,
        double low,
        double high,
        double majority,
        double balancedAccuracy,
        double macroF1) {

    /** Reads the attributes of {@code facet evaluate --json}, or what {@link #toJson} wrote. */
    static List<Score> fromJson(JsonObject report) {
        return report.objects("attributes").stream().map(Score::one).toList();
    }

    private static Score one(JsonObject json) {
        return new Score(
                json.string("id"),
                json.string("title"),
                number(json, "accuracy"),
                number(json, "accuracyLow95"),
                number(json, "accuracyHigh95"),
                number(json, "majorityRate"),
                number(json, "balancedAccuracy"),
                number(json, "macroF1"));
    }

    private static double number(JsonObject json, String key) {
        return json.has(key) ? json.number(key) : Double.NaN;
    }

    static Map<String, Object> toJson(List<Score> scores) {
        return Map.of("attributes", scores.stream().map(Score::toJson).toList());
    }

    private Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("title", title);
        json.put("accuracy", finite(accuracy));
        json.put("accuracyLow95", finite(low));
        json.put("accuracyHigh95", finite(high));
        json.put("majorityRate", finite(majority));
        json.put("balancedAccuracy", finite(balancedAccuracy));
        json.put("macroF1", finite(macroF1));
        return json;
    }

    private static @Nullable Object finite(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** The mean over the attributes that have labels; NaN if none has. */
    static double mean(List<Score> scores, ToDoubleFunction<Score> measure) {
        return scores.stream()
                .mapToDouble(measure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
