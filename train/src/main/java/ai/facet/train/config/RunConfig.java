package ai.facet.train.config;

import ai.facet.cli.FacetVersion;
import ai.facet.cli.UserException;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resolved configuration of a run: {@code config.json} in its folder.
 *
 * @param threads of the engine
 * @param device as asked for: {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:n}, or several separated by commas
 * @param checkpointMinutes between checkpoints in the middle of an epoch
 * @param cache keep decoded pictures in a file that the system holds in memory
 * @param samples show sample pictures in the report
 * @param unsureRisk the largest share of wrong answers among those that the model is to give; 0 never withholds one
 * @param cacheFolder where that file outlives the run; null for one without a name
 */
public record RunConfig(
        DataConfig data,
        TrainingConfig training,
        int threads,
        String device,
        double checkpointMinutes,
        boolean cache,
        boolean samples,
        double unsureRisk,
        @Nullable Path cacheFolder) {
    public static final String FILE = "config.json";

    public RunConfig {
        requireThreads(threads);
        requireUnsureRisk(unsureRisk);
        requireCheckpointMinutes(checkpointMinutes);
    }

    /** @throws UserException (exit 2) unless it is a number of threads, which is returned */
    public static int requireThreads(int threads) {
        if (threads < 1 || threads > 1024) {
            throw UserException.badArguments("--threads is " + threads + "; expected 1 to 1024");
        }
        return threads;
    }

    /** @throws UserException (exit 2) unless it is 0 to 0.99 */
    public static void requireUnsureRisk(double unsureRisk) {
        if (!(unsureRisk >= 0 && unsureRisk <= 0.99)) {
            throw UserException.badArguments("--unsure-risk is " + unsureRisk + "; expected 0 to 0.99");
        }
    }

    /** @throws UserException (exit 2) unless it is above 0 */
    public static void requireCheckpointMinutes(double minutes) {
        if (!(minutes > 0)) {
            throw UserException.badArguments("--checkpoint-every is " + minutes + "; expected above 0");
        }
    }

    /** Without a cache that outlives the run. */
    public RunConfig(
            DataConfig data,
            TrainingConfig training,
            int threads,
            String device,
            double checkpointMinutes,
            boolean cache,
            boolean samples,
            double unsureRisk) {
        this(data, training, threads, device, checkpointMinutes, cache, samples, unsureRisk, null);
    }

    /** The same but for what is trained. */
    public RunConfig with(TrainingConfig other) {
        return new RunConfig(data, other, threads, device, checkpointMinutes, cache, samples, unsureRisk, cacheFolder);
    }

    /** Reads the configuration of an earlier run. */
    public static RunConfig read(Path runFolder) throws IOException {
        Path file = runFolder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw UserException.badArguments(runFolder + " is not a run folder: it has no " + FILE
                    + ". Give the folder that facet train printed at its start");
        }
        JsonObject json = Json.parseObject(Files.readString(file), file.toString());
        JsonObject run = json.object("run");
        return new RunConfig(
                DataConfig.fromJson(json.object("data")),
                TrainingConfig.fromJson(json.object("training")),
                run.int32("threads"),
                run.string("device"),
                run.number("checkpointMinutes"),
                run.bool("cache"),
                run.bool("samples"),
                run.number("unsureRisk"),
                run.has("cacheFolder") ? Path.of(run.string("cacheFolder")) : null);
    }

    /** The text of {@code config.json}. */
    public String toText() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("threads", threads);
        run.put("device", device);
        run.put("checkpointMinutes", checkpointMinutes);
        run.put("cache", cache);
        run.put("samples", samples);
        run.put("unsureRisk", unsureRisk);
        if (cacheFolder != null) {
            run.put("cacheFolder", cacheFolder.toAbsolutePath().toString());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("facet", FacetVersion.current());
        json.put("data", data.toJson());
        json.put("training", training.toJson());
        json.put("run", run);
        return Json.writePretty(json);
    }
}
