package ai.facet.description;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one attribute's logits become probabilities and when its answer is withheld.
 *
 * @param temperature positive; probabilities are {@code softmax(logits / temperature)} (Guo et al., 2017)
 * @param unsureBelow an answer with a top probability below this is {@code unsure}; 0 never withholds
 */
public record Calibration(double temperature, double unsureBelow) {
    /** Before any calibration: plain softmax, always an answer. */
    public static final Calibration NONE = new Calibration(1, 0);

    public Calibration {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature " + temperature + "; expected a number above 0");
        }
        if (!(unsureBelow >= 0 && unsureBelow <= 1)) {
            throw new IllegalArgumentException("unsureBelow " + unsureBelow + "; expected 0 to 1");
        }
    }

    static Calibration fromJson(JsonObject json) {
        try {
            return new Calibration(
                    json.number("temperature"), json.has("unsureBelow") ? json.number("unsureBelow") : 0);
        } catch (IllegalArgumentException e) {
            throw json.error("*", String.valueOf(e.getMessage()));
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("temperature", temperature);
        if (unsureBelow > 0) {
            json.put("unsureBelow", unsureBelow);
        }
        return json;
    }
}
