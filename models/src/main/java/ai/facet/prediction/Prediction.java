package ai.facet.prediction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All answers about one image, in schema order. JSON form:
 * {@code {"<attribute id>": {"class", "probability", "unsure", "probabilities"?}, ...}}.
 */
public record Prediction(List<AttributePrediction> attributes) {
    public Prediction {
        attributes = List.copyOf(attributes);
    }

    /** The JSON value; {@code allProbabilities} adds every class's probability. */
    public Map<String, Object> toJson(boolean allProbabilities) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (AttributePrediction answer : attributes) {
            json.put(answer.attribute().id(), answer.toJson(allProbabilities));
        }
        return json;
    }
}
