package ai.facet.train.config;

import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.train.optimize.LearningRateSchedule.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that decides which weights come out, given the same pictures. It holds no file names, so it travels inside
 * checkpoints.
 *
 * @param network name of a preset
 * @param sizePx side of the square input
 * @param batchSize also what batch normalisation sees
 * @param learningRate the schedule's peak
 * @param momentum of {@link OptimizerKind#SGD}
 * @param clipNorm largest norm of all gradients together; 0 for no limit
 * @param seed of order, augmentation, dropout and split
 * @param initSeed of the first weights
 * @param validationFraction of the pictures; unused when a file or column says so
 */
public record TrainingConfig(
        String network,
        int sizePx,
        int epochs,
        int batchSize,
        OptimizerKind optimizer,
        Kind schedule,
        double learningRate,
        double weightDecay,
        double momentum,
        double labelSmoothing,
        double clipNorm,
        boolean flip,
        long seed,
        long initSeed,
        double validationFraction,
        int patience) {

    /** Update rules on offer. */
    public enum OptimizerKind {
        SGD,
        ADAMW;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TrainingConfig {
        atLeast("--epochs", epochs, 1);
        atLeast("--batch-size", batchSize, 2);
        atLeast("--size", sizePx, 16);
        atLeast("--patience", patience, 0);
        inRange("--learning-rate", learningRate, Double.MIN_VALUE, 1e6);
        inRange("--weight-decay", weightDecay, 0, 1e6);
        inRange("--momentum", momentum, 0, 0.9999);
        inRange("--label-smoothing", labelSmoothing, 0, 0.9999);
        inRange("--clip-norm", clipNorm, 0, 1e9);
        inRange("--validation-fraction", validationFraction, 0.01, 0.9);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws JsonException naming the key that is missing or wrong
     */
    public static TrainingConfig fromJson(JsonObject json) {
        try {
            return new TrainingConfig(
                    json.string("network"),
                    json.int32("sizePx"),
                    json.int32("epochs"),
                    json.int32("batchSize"),
                    OptimizerKind.valueOf(json.string("optimizer").toUpperCase(Locale.ROOT)),
                    schedule(json.string("schedule")),
                    json.number("learningRate"),
                    json.number("weightDecay"),
                    json.number("momentum"),
                    json.number("labelSmoothing"),
                    json.number("clipNorm"),
                    json.bool("flip"),
                    json.integer("seed"),
                    json.integer("initSeed"),
                    json.number("validationFraction"),
                    json.int32("patience"));
        } catch (IllegalArgumentException e) {
            throw json.error("*", String.valueOf(e.getMessage()));
        }
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", network);
        json.put("sizePx", sizePx);
        json.put("epochs", epochs);
        json.put("batchSize", batchSize);
        json.put("optimizer", optimizer.id());
        json.put("schedule", schedule.id());
        json.put("learningRate", learningRate);
        json.put("weightDecay", weightDecay);
        json.put("momentum", momentum);
        json.put("labelSmoothing", labelSmoothing);
        json.put("clipNorm", clipNorm);
        json.put("flip", flip);
        json.put("seed", seed);
        json.put("initSeed", initSeed);
        json.put("validationFraction", validationFraction);
        json.put("patience", patience);
        return json;
    }

    /** The schedule with a name such as {@code one-cycle}. */
    public static Kind schedule(String id) {
        return Arrays.stream(Kind.values())
                .filter(k -> k.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("schedule \"" + id + "\"; expected one of "
                        + Arrays.stream(Kind.values()).map(Kind::id).toList()));
    }

    private static void atLeast(String option, int value, int smallest) {
        if (value < smallest) {
            throw new IllegalArgumentException(option + " is " + value + "; expected at least " + smallest);
        }
    }

    private static void inRange(String option, double value, double smallest, double largest) {
        if (!(value >= smallest && value <= largest)) {
            String least = smallest == Double.MIN_VALUE ? "above 0" : String.valueOf(smallest);
            throw new IllegalArgumentException(option + " is " + value + "; expected " + least + " to " + largest);
        }
    }
}
