package ai.facet.train.loop;

import ai.facet.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one epoch achieved.
 *
 * @param epoch counted from 1
 * @param step updates since the start of the run
 * @param trainLoss mean over the epoch's batches, with augmentation and dropout
 * @param validationLoss sum over attributes of mean cross-entropy, without label smoothing
 * @param imagesPerSecond during training, without validation
 * @param attributes in schema order, on the validation pictures
 */
public record EpochMetrics(
        int epoch,
        long step,
        double learningRate,
        double trainLoss,
        double validationLoss,
        double seconds,
        double imagesPerSecond,
        List<AttributeMetrics> attributes) {

    /** Metrics of one attribute; what each means is said in {@code ai.facet.metrics}. */
    public record AttributeMetrics(
            String id,
            double accuracy,
            double majority,
            double balancedAccuracy,
            double macroF1,
            double calibrationError) {
        static AttributeMetrics fromJson(JsonObject json) {
            return new AttributeMetrics(
                    json.string("id"),
                    json.number("accuracy"),
                    json.number("majority"),
                    json.number("balancedAccuracy"),
                    json.number("macroF1"),
                    json.number("calibrationError"));
        }

        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("accuracy", accuracy);
            json.put("majority", majority);
            json.put("balancedAccuracy", balancedAccuracy);
            json.put("macroF1", macroF1);
            json.put("calibrationError", calibrationError);
            return json;
        }
    }

    public EpochMetrics {
        attributes = List.copyOf(attributes);
    }

    /** What the best epoch is chosen by: the mean of balanced accuracy over attributes. */
    public double score() {
        return attributes.stream()
                .mapToDouble(AttributeMetrics::balancedAccuracy)
                .average()
                .orElse(0);
    }

    /**
     * The epoch with the highest score; of equals, which are common on few pictures, the one with the lowest validation loss,
     * then the first. Null without epochs.
     */
    public static @Nullable EpochMetrics best(List<EpochMetrics> history) {
        EpochMetrics best = null;
        for (EpochMetrics metrics : history) {
            if (best == null || metrics.isBetterThan(best)) {
                best = metrics;
            }
        }
        return best;
    }

    private boolean isBetterThan(EpochMetrics other) {
        return score() > other.score() || score() == other.score() && validationLoss < other.validationLoss;
    }

    public static EpochMetrics fromJson(JsonObject json) {
        return new EpochMetrics(
                json.int32("epoch"),
                json.integer("step"),
                json.number("learningRate"),
                json.number("trainLoss"),
                json.number("validationLoss"),
                json.number("seconds"),
                json.number("imagesPerSecond"),
                json.objects("attributes").stream()
                        .map(AttributeMetrics::fromJson)
                        .toList());
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", epoch);
        json.put("step", step);
        json.put("score", score());
        json.put("learningRate", learningRate);
        json.put("trainLoss", trainLoss);
        json.put("validationLoss", validationLoss);
        json.put("seconds", seconds);
        json.put("imagesPerSecond", imagesPerSecond);
        json.put("attributes", attributes.stream().map(AttributeMetrics::toJson).toList());
        return json;
    }
}
