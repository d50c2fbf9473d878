package ai.facet.train.runs;

import ai.facet.files.RegularFiles;
import ai.facet.json.Json;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.report.MetricsFiles;
import ai.facet.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run folder tells.
 *
 * @param settings every value of {@code config.json} by its dotted name, and the hash of the split
 * @param history one per finished epoch
 * @param best the epoch whose weights are kept; null before the first one ends
 * @param changed when the last epoch ended, or else when the run began
 */
public record RunRecord(
        Path folder,
        TrainingConfig training,
        Map<String, String> settings,
        List<EpochMetrics> history,
        @Nullable EpochMetrics best,
        RunState state,
        Instant changed) {
    private static final String SPLIT = "split.json";

    public RunRecord {
        history = List.copyOf(history);
    }

    /** Whether a folder is one of a run. */
    static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(RunConfig.FILE)) && RunFolder.isRun(folder);
    }

    static RunRecord read(Path folder) throws IOException {
        TrainingConfig training = RunConfig.read(folder).training();
        Path metrics = folder.resolve(MetricsFiles.JSON);
        boolean begun = Files.exists(metrics);
        List<EpochMetrics> history = begun ? MetricsFiles.read(folder) : List.of();
        EpochMetrics best = EpochMetrics.best(history);
        return new RunRecord(
                folder,
                training,
                settings(folder),
                history,
                best,
                state(folder, training, history.size(), best),
                Files.getLastModifiedTime(begun ? metrics : folder.resolve(RunConfig.FILE))
                        .toInstant());
    }

    private static RunState state(Path folder, TrainingConfig training, int epochs, @Nullable EpochMetrics best)
            throws IOException {
        if (RunFolder.isInUse(folder)) {
            return RunState.RUNNING;
        }
        boolean noProgress = best != null && training.patience() > 0 && epochs - best.epoch() >= training.patience();
        boolean done = epochs >= training.epochs() || noProgress;
        return done && Files.exists(folder.resolve(HtmlReport.FILE)) ? RunState.FINISHED : RunState.STOPPED;
    }

    private static Map<String, String> settings(Path folder) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        flatten("", read(folder, RunConfig.FILE), settings);
        if (Files.exists(folder.resolve(SPLIT))) {
            settings.put("split", String.valueOf(read(folder, SPLIT).get("hash")));
        }
        return settings;
    }

    private static Map<?, ?> read(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return Json.parseObject(RegularFiles.readText(file), file.toString()).raw();
    }

    private static void flatten(String prefix, Map<?, ?> json, Map<String, String> settings) {
        json.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + key + ".", inner, settings);
            } else {
                settings.put(prefix + key, value instanceof String text ? text : Json.write(value));
            }
        });
    }

    public String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    /** Of all epochs, with validation. */
    public double seconds() {
        return history.stream().mapToDouble(EpochMetrics::seconds).sum();
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("folder", folder.toString());
        json.put("network", training.network().name());
        json.put("epochs", history.size());
        json.put("plannedEpochs", training.epochs());
        json.put("state", state.text());
        json.put("seconds", seconds());
        json.put("changed", changed.toString());
        json.put("best", best == null ? null : best.toJson());
        return json;
    }
}
