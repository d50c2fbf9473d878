package ai.facet.train.run;

import ai.facet.checkpoint.Checkpoint;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.TrainingState;
import ai.facet.train.optimize.OptimizerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run: written so that at every moment, even in a power cut, a complete one lies there.
 *
 * <p>The trainer's part of a checkpoint ({@code facet.state}), version 1: {@code format}, {@code state} (see
 * {@link TrainingState}), {@code training} (see {@link ai.facet.train.config.TrainingConfig}), {@code environment}
 * (names and values), {@code splitHash}. Optimizer tensors are called {@code optimizer/<kind>/<parameter path>}.
 */
final class CheckpointStore {
    static final String BEST = "best.safetensors";
    static final String LAST = "last.safetensors";
    static final String PREVIOUS = "previous.safetensors";
    static final List<String> NAMES = List.of(BEST, LAST, PREVIOUS);

    private static final Logger LOG = LogManager.getLogger();
    private static final int FORMAT = 1;

    private final RunFolder folder;
    private final AtomicFiles files;
    private final RunConfig config;
    private final RunNetwork network;
    private final Environment environment;
    private final Map<String, Object> dataProvenance;
    private boolean lastIsDamaged;

    CheckpointStore(
            RunFolder folder,
            AtomicFiles files,
            RunConfig config,
            RunNetwork network,
            Environment environment,
            Map<String, Object> dataProvenance) {
        this.folder = folder;
        this.files = files;
        this.config = config;
        this.network = network;
        this.environment = environment;
        this.dataProvenance = dataProvenance;
    }

    /** Stores weights, optimizer and state; the newest earlier one stays as {@link #PREVIOUS}. */
    void writeLast(TrainingState state, OptimizerState optimizer) throws IOException {
        boolean measured = state.batch() == 0 && config.training().optimizer().emaDecay() == 0;
        Checkpoint checkpoint = network.toCheckpoint(provenance(state, measured), stateText(state), optimizer);
        if (lastIsDamaged) { // it must not take the place of the good one before
            checkpoint.write(folder.file(LAST), files);
            lastIsDamaged = false;
        } else {
            files.writeKeeping(folder.file(LAST), folder.file(PREVIOUS), checkpoint::writeTo);
        }
    }

    /** Stores the weights of the best epoch, without the optimizer. */
    void writeBest(TrainingState state) throws IOException {
        network.toCheckpoint(provenance(state, true), stateText(state), null).write(folder.file(BEST), files);
    }

    /**
     * Puts back the newest readable checkpoint.
     *
     * @return the state; a fresh one if the run was stopped before its first checkpoint
     * @throws UserException (exit 1) if the environment differs and that is not allowed, or nothing is readable
     */
    TrainingState restoreNewest(OptimizerState optimizer, boolean allowDifferent) throws IOException {
        Checkpoint checkpoint = readNewest();
        if (checkpoint == null) {
            if (config.training().start().fromCheckpoint()) {
                throw UserException.failed(folder.path()
                        + " was stopped before its first checkpoint; start it again with" + " --init-from");
            }
            LOG.warn("{} was stopped before its first checkpoint, so it begins anew", folder.path());
            return new TrainingState();
        }
        String text = checkpoint.state();
        if (text == null) {
            throw UserException.failed(folder.file(LAST) + " holds weights only; expected a checkpoint of facet train");
        }
        JsonObject stored = Json.parseObject(text, "facet.state");
        if (stored.int32("format") != FORMAT) {
            throw stored.error("format", "is " + stored.int32("format") + "; expected " + FORMAT);
        }
        requireSameTraining(stored);
        requireSameData(checkpoint, allowDifferent);
        requireSameEnvironment(Environment.fromJson(stored.object("environment")), allowDifferent);
        network.load(checkpoint);
        network.loadOptimizer(checkpoint, optimizer);
        return TrainingState.fromJson(stored.object("state"));
    }

    static Checkpoint readBest(RunFolder folder) throws IOException {
        return Checkpoint.read(folder.file(BEST));
    }

    private @Nullable Checkpoint readNewest() throws IOException {
        Path last = folder.file(LAST);
        Path previous = folder.file(PREVIOUS);
        if (!Files.exists(last) && !Files.exists(previous)) {
            return null;
        }
        try {
            return Checkpoint.read(last);
        } catch (IOException | JsonException e) {
            lastIsDamaged = true;
            LOG.warn("{}; going on from {}", e.getMessage(), previous);
        }
        try {
            return Checkpoint.read(previous);
        } catch (IOException | JsonException e) {
            throw UserException.failed("neither " + last + " nor " + previous + " can be read: " + e.getMessage()
                    + ". Start a new run; " + BEST + " may still be usable for export");
        }
    }

    private void requireSameTraining(JsonObject stored) {
        TrainingConfig before = TrainingConfig.fromJson(stored.object("training"));
        if (!before.equals(config.training())) {
            throw UserException.failed(folder.file(RunConfig.FILE) + " is not the configuration that " + folder.path()
                    + " was trained with so far. Restore it, or start a new run with --init-from "
                    + folder.file(BEST));
        }
    }

    /** Another order of rows would show some pictures twice and others never; another split would mix up its sides. */
    private void requireSameData(Checkpoint checkpoint, boolean allowDifferent) {
        Map<String, ?> before = checkpoint.description().provenance();
        requireSameHash("splitHash", before, "sides of the split", false);
        requireSameHash("dataHash", before, "rows of the CSV, their labels or their order", allowDifferent);
    }

    private void requireSameHash(String key, Map<String, ?> before, String what, boolean allowDifferent) {
        String was = String.valueOf(before.get(key));
        String is = String.valueOf(dataProvenance.get(key));
        if (was.equals(is)) {
            return;
        }
        String text = "the " + what + " have changed since this run began (hash was " + shortened(was) + ", is "
                + shortened(is) + ")";
        if (!allowDifferent) {
            throw UserException.failed(
                    text + ". Restore them, or train on these in a new run with --init-from " + folder.file(BEST));
        }
        LOG.warn("going on although {}", text);
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    private void requireSameEnvironment(Environment stored, boolean allowDifferent) {
        List<String> differences = environment.differencesFrom(stored);
        if (differences.isEmpty()) {
            return;
        }
        String text = String.join("; ", differences);
        if (!allowDifferent) {
            throw UserException.failed("this run cannot go on bit for bit: " + text
                    + ". Restore that, or accept small differences with --allow-different");
        }
        LOG.warn("going on although {}", text);
    }

    private String stateText(TrainingState state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("state", state.toJson());
        json.put("training", config.training().toJson());
        json.put("environment", environment.values());
        json.put("splitHash", dataProvenance.getOrDefault("splitHash", ""));
        return Json.write(json);
    }

    /**
     * What the model tells about its training: nothing measured in seconds, no file names.
     *
     * @param ofTheseWeights whether the newest measures are those of the weights beside them
     */
    private Map<String, Object> provenance(TrainingState state, boolean ofTheseWeights) {
        Map<String, Object> json = new LinkedHashMap<>(dataProvenance);
        json.put("training", config.training().toJson());
        json.put("environment", environment.values());
        List<EpochMetrics> history = state.history();
        if (!history.isEmpty()) {
            EpochMetrics newest = history.get(history.size() - 1);
            json.put("epoch", newest.epoch());
            if (ofTheseWeights) {
                json.put("validation", newest.toJson().get("attributes"));
            }
        }
        return json;
    }
}
