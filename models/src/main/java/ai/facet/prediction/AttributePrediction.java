package ai.facet.prediction;

import ai.facet.schema.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to one question.
 *
 * @param classIndex the most probable class
 * @param unsure whether the model withholds the answer (its top probability is below the model's threshold)
 * @param probabilities calibrated, one for each class of the attribute; not copied
 */
public record AttributePrediction(Attribute attribute, int classIndex, boolean unsure, float[] probabilities) {

    /**
     * The most probable class wins; the first of equals.
     *
     * @param unsureBelow answers of a lower probability are withheld; 1 withholds every answer, also one whose probability
     *     rounds to 1
     * @throws NonFiniteOutputException if a probability is not a finite number
     */
    public static AttributePrediction of(Attribute attribute, float[] probabilities, double unsureBelow) {
        NonFiniteOutputException.check(attribute, probabilities);
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        boolean unsure = unsureBelow >= 1 || probabilities[best] < unsureBelow;
        return new AttributePrediction(attribute, best, unsure, probabilities);
    }

    public String className() {
        return attribute.classes().get(classIndex);
    }

    /** The top probability. */
    public float probability() {
        return probabilities[classIndex];
    }

    /** The JSON value; {@code allProbabilities} adds every class's probability. */
    public Map<String, Object> toJson(boolean allProbabilities) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", className());
        json.put("probability", probability());
        json.put("unsure", unsure);
        if (allProbabilities) {
            Map<String, Object> all = new LinkedHashMap<>();
            for (int i = 0; i < probabilities.length; i++) {
                all.put(attribute.classes().get(i), probabilities[i]);
            }
            json.put("probabilities", all);
        }
        return json;
    }
}
