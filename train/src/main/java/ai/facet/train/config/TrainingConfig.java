package ai.facet.train.config;

import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides which weights come out, given the same pictures. It holds no file names, so it travels inside
 * checkpoints.
 *
 * @param network a preset or the user's own
 * @param sizePx side of the square input
 * @param batchSize pictures of a step
 * @param microBatch pictures that are on the device, and seen by batch normalisation, at once; a step adds up their
 *     gradients
 * @param seed of order, augmentation, dropout and split
 * @param initSeed of the first weights
 * @param validationFraction of the pictures; unused when a file or column says so
 * @param balancedBy attributes whose classes are drawn equally often; empty: every picture once an epoch
 * @param start first and frozen weights
 * @param patience epochs without a better score before the run ends; 0 never ends it
 */
public record TrainingConfig(
        NetworkSpec network,
        int sizePx,
        int epochs,
        int batchSize,
        int microBatch,
        OptimizerConfig optimizer,
        LossConfig loss,
        AugmentationConfig augmentation,
        long seed,
        long initSeed,
        double validationFraction,
        int patience,
        List<String> balancedBy,
        StartConfig start) {
    public TrainingConfig {
        Ranges.atLeast("--epochs", epochs, 1);
        Ranges.atLeast("--batch-size", batchSize, 2);
        Ranges.atLeast("--micro-batch", microBatch, 2);
        if (batchSize % microBatch != 0) {
            throw new IllegalArgumentException(
                    "--micro-batch is " + microBatch + "; expected a divisor of the batch size " + batchSize);
        }
        Ranges.atLeast("--size", sizePx, 16);
        Ranges.atLeast("--patience", patience, 0);
        Ranges.inRange("--validation-fraction", validationFraction, 0.01, 0.9);
        balancedBy = List.copyOf(balancedBy);
    }

    /** Without micro-batches, balancing, earlier and frozen weights. */
    public TrainingConfig(
            NetworkSpec network,
            int sizePx,
            int epochs,
            int batchSize,
            OptimizerConfig optimizer,
            LossConfig loss,
            AugmentationConfig augmentation,
            long seed,
            long initSeed,
            double validationFraction,
            int patience) {
        this(
                network,
                sizePx,
                epochs,
                batchSize,
                batchSize,
                optimizer,
                loss,
                augmentation,
                seed,
                initSeed,
                validationFraction,
                patience,
                List.of(),
                StartConfig.FRESH);
    }

    /** The same with another micro-batch. */
    public TrainingConfig withMicroBatch(int pictures) {
        return new TrainingConfig(
                network,
                sizePx,
                epochs,
                batchSize,
                pictures,
                optimizer,
                loss,
                augmentation,
                seed,
                initSeed,
                validationFraction,
                patience,
                balancedBy,
                start);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws JsonException naming the key that is missing or wrong
     */
    public static TrainingConfig fromJson(JsonObject json) {
        try {
            return new TrainingConfig(
                    network(json),
                    json.int32("sizePx"),
                    json.int32("epochs"),
                    json.int32("batchSize"),
                    json.has("microBatch") ? json.int32("microBatch") : json.int32("batchSize"),
                    OptimizerConfig.fromJson(json.object("optimizer")),
                    LossConfig.fromJson(json.object("loss")),
                    AugmentationConfig.fromJson(json.object("augmentation")),
                    json.integer("seed"),
                    json.integer("initSeed"),
                    json.number("validationFraction"),
                    json.int32("patience"),
                    json.has("balancedBy") ? json.strings("balancedBy") : List.of(),
                    json.has("start") ? StartConfig.fromJson(json.object("start")) : StartConfig.FRESH);
        } catch (IllegalArgumentException e) {
            throw json.error("*", String.valueOf(e.getMessage()));
        }
    }

    /** The name of a preset, or a whole network. */
    private static NetworkSpec network(JsonObject json) {
        return json.raw("network") instanceof String name
                ? Presets.byName(name)
                : NetworkSpec.fromJson(json.object("network"));
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        boolean preset = Presets.names().contains(network.name())
                && Presets.byName(network.name()).equals(network);
        json.put("network", preset ? network.name() : network.toJson());
        json.put("sizePx", sizePx);
        json.put("epochs", epochs);
        json.put("batchSize", batchSize);
        if (microBatch != batchSize) {
            json.put("microBatch", microBatch);
        }
        json.put("optimizer", optimizer.toJson());
        json.put("loss", loss.toJson());
        json.put("augmentation", augmentation.toJson());
        json.put("seed", seed);
        json.put("initSeed", initSeed);
        json.put("validationFraction", validationFraction);
        json.put("patience", patience);
        if (!balancedBy.isEmpty()) {
            json.put("balancedBy", balancedBy);
        }
        if (!start.equals(StartConfig.FRESH)) {
            json.put("start", start.toJson());
        }
        return json;
    }
}
