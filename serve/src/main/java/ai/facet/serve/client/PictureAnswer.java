package ai.facet.serve.client;

import ai.facet.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model says about a picture.
 *
 * @param attributes by their ids, in the model's order
 */
public record PictureAnswer(Map<String, AttributeAnswer> attributes) {
    public PictureAnswer {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * The answer about one attribute.
     *
     * @throws IllegalArgumentException if the model has no such attribute
     */
    public AttributeAnswer attribute(String id) {
        AttributeAnswer answer = attributes.get(id);
        if (answer == null) {
            throw new IllegalArgumentException("no attribute \"" + id + "\"; the model has " + attributes.keySet());
        }
        return answer;
    }

    /** @throws ai.facet.json.JsonException if it is no answer */
    static PictureAnswer parse(JsonObject json) {
        Map<String, AttributeAnswer> attributes = new LinkedHashMap<>();
        for (String id : json.keys()) {
            JsonObject one = json.object(id);
            Map<String, Double> probabilities = new LinkedHashMap<>();
            if (one.has("probabilities")) {
                JsonObject all = one.object("probabilities");
                all.keys().forEach(name -> probabilities.put(name, all.number(name)));
            }
            attributes.put(
                    id,
                    new AttributeAnswer(
                            one.string("class"), one.number("probability"), one.bool("unsure"), probabilities));
        }
        return new PictureAnswer(attributes);
    }
}
