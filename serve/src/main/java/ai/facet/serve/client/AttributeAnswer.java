package ai.facet.serve.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model says about one attribute.
 *
 * @param className the most probable class
 * @param probability of that class, calibrated, 0 to 1
 * @param unsure whether the model withholds the answer
 * @param probabilities of every class, in the model's order; none unless the client asks for them
 */
public record AttributeAnswer(String className, double probability, boolean unsure, Map<String, Double> probabilities) {
    public AttributeAnswer {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
