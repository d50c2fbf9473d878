package ai.facet.export.int8;

import ai.facet.metrics.AttributeMetrics;
import ai.facet.schema.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attribute's answers in floats and in int8.
 *
 * @param agreement share of pictures with the same answer
 * @param floats measures of the float model; without labels they count no image
 * @param difference of accuracy, int8 minus floats; null without labels
 */
public record Int8Comparison(
        Attribute attribute,
        double agreement,
        AttributeMetrics floats,
        AttributeMetrics integers,
        @Nullable PairedDifference difference) {
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", attribute.id());
        json.put("agreement", agreement);
        json.put("images", floats.images());
        if (difference != null) {
            json.put("accuracy", both(floats.accuracy(), integers.accuracy()));
            json.put("balancedAccuracy", both(floats.balancedAccuracy(), integers.balancedAccuracy()));
            json.put("difference", difference.toJson());
            json.put(
                    "calibrationError",
                    both(floats.scores().calibrationError(), integers.scores().calibrationError()));
        }
        return json;
    }

    static Map<String, Object> both(double floats, double integers) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fp32", floats);
        json.put("int8", integers);
        return json;
    }
}
