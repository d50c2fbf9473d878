package ai.facet.train.config;

import ai.facet.json.JsonObject;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.loop.ClassWeighting;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What counts as wrong, and how much.
 *
 * @param labelSmoothing part of each label spread over all classes
 * @param focalGamma how fast known pictures lose weight; 0 for plain cross-entropy
 * @param logitAdjustment how much of the classes' log shares is added to the logits in training; 0 for none, 1 trains
 *     for balanced accuracy
 * @param attributeWeights by attribute id; 1 for those not named
 * @param attributeWeighting whether they are fixed or learned
 */
public record LossConfig(
        double labelSmoothing,
        ClassWeighting classWeights,
        double focalGamma,
        double logitAdjustment,
        Map<String, Double> attributeWeights,
        AttributeWeighting attributeWeighting) {
    public LossConfig {
        Ranges.inRange("--label-smoothing", labelSmoothing, 0, 0.9999);
        Ranges.inRange("--focal", focalGamma, 0, 10);
        Ranges.inRange("--logit-adjustment", logitAdjustment, 0, 4);
        attributeWeights.forEach((id, weight) -> Ranges.inRange("--attribute-weight " + id, weight, 0, 1000));
        attributeWeights = Map.copyOf(attributeWeights);
        if (attributeWeighting == AttributeWeighting.UNCERTAINTY && !attributeWeights.isEmpty()) {
            throw new IllegalArgumentException(
                    "--attribute-weights uncertainty learns the weights, so --attribute-weight"
                            + " cannot be given with it. Leave one of them out");
        }
    }

    /** With fixed weights of attributes. */
    public LossConfig(
            double labelSmoothing,
            ClassWeighting classWeights,
            double focalGamma,
            double logitAdjustment,
            Map<String, Double> attributeWeights) {
        this(labelSmoothing, classWeights, focalGamma, logitAdjustment, attributeWeights, AttributeWeighting.FIXED);
    }

    /** Plain cross-entropy with some smoothing. */
    public static LossConfig smoothed(double labelSmoothing) {
        return new LossConfig(labelSmoothing, ClassWeighting.NONE, 0, 0, Map.of());
    }

    /**
     * Accepts weights of known attributes only.
     *
     * @throws IllegalArgumentException naming the attribute that there is not
     */
    public void requireKnown(AttributeSchema schema) {
        for (String id : attributeWeights.keySet()) {
            if (schema.attributes().stream().noneMatch(a -> a.id().equals(id))) {
                throw new IllegalArgumentException("--attribute-weight " + id + ": there is no such attribute; expected"
                        + " one of "
                        + schema.attributes().stream().map(a -> a.id()).toList());
            }
        }
    }

    static LossConfig fromJson(JsonObject json) {
        Map<String, Double> weights = new TreeMap<>();
        JsonObject stored = json.object("attributeWeights");
        stored.keys().forEach(id -> weights.put(id, stored.number(id)));
        return new LossConfig(
                json.number("labelSmoothing"),
                ClassWeighting.valueOf(json.string("classWeights").toUpperCase(Locale.ROOT)),
                json.number("focalGamma"),
                json.number("logitAdjustment"),
                weights,
                json.has("attributeWeighting")
                        ? AttributeWeighting.valueOf(
                                json.string("attributeWeighting").toUpperCase(Locale.ROOT))
                        : AttributeWeighting.FIXED);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labelSmoothing", labelSmoothing);
        json.put("classWeights", classWeights.id());
        json.put("focalGamma", focalGamma);
        json.put("logitAdjustment", logitAdjustment);
        json.put("attributeWeights", new TreeMap<>(attributeWeights));
        if (attributeWeighting != AttributeWeighting.FIXED) {
            json.put("attributeWeighting", attributeWeighting.id());
        }
        return json;
    }
}
