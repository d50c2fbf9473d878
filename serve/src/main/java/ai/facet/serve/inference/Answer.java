package ai.facet.serve.inference;

import ai.facet.heat.PictureHeat;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is known about one picture.
 *
 * @param heats for each attribute, in schema order, where the picture speaks for the predicted class; none if the model
 *     gives no heat
 */
public record Answer(Prediction prediction, List<PictureHeat> heats) {
    public Answer {
        heats = List.copyOf(heats);
        int attributes = prediction.attributes().size();
        if (!heats.isEmpty() && heats.size() != attributes) {
            throw new IllegalArgumentException(heats.size() + " heats for " + attributes + " attributes");
        }
    }

    /** The JSON value: the prediction's, with {@code heat} beside each class if there is heat. */
    public Map<String, Object> toJson(boolean allProbabilities) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < prediction.attributes().size(); i++) {
            AttributePrediction answer = prediction.attributes().get(i);
            Map<String, Object> one = answer.toJson(allProbabilities);
            if (!heats.isEmpty()) {
                one.put("heat", heats.get(i).toJson());
            }
            json.put(answer.attribute().id(), one);
        }
        return json;
    }
}
