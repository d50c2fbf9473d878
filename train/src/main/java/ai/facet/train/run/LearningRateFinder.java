package ai.facet.train.run;

import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.Progress;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.RunLimits;
import ai.facet.train.report.SweepProgress;
import ai.facet.train.sweep.RateSweep;
import ai.facet.train.sweep.SweepCurve;
import ai.facet.train.sweep.SweepRecorder;
import ai.facet.train.sweep.SweepResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs learning-rate sweeps with the network, weights, pictures, order, loss and update that a training with the same
 * configuration begins with. It works in a folder of its own among the system's temporary files and removes it, so nothing
 * else changes. Engine thread only.
 */
public final class LearningRateFinder {
    private final RunConfig config;
    private final AnnotationTable table;
    private final @Nullable Path initFrom;

    /** @param initFrom the checkpoint that the configuration's start names, or null; it is only read */
    public LearningRateFinder(RunConfig config, AnnotationTable table, @Nullable Path initFrom) {
        this.config = config;
        this.table = table;
        this.initFrom = initFrom;
    }

    /**
     * Runs each sweep from the same weights.
     *
     * @param smoothing of the losses, 0 to below 1
     */
    public SweepResult run(List<RateSweep> sweeps, double smoothing) throws IOException {
        List<SweepCurve> curves = new ArrayList<>();
        for (RateSweep sweep : sweeps) {
            curves.add(curve(sweep, smoothing));
        }
        return SweepResult.of(curves, config.training().optimizer().learningRate());
    }

    private SweepCurve curve(RateSweep sweep, double smoothing) throws IOException {
        SweepCurve curve = new SweepCurve(sweep, smoothing);
        Path folder = Files.createTempDirectory("facet-lr-find");
        try (TrainingRun run = TrainingRun.start(config, table, folder, new RunLimits(null), initFrom);
                Progress progress = Progress.start(sweep.kind().id() + " sweep", "steps", sweep.steps())) {
            run.sweep(new SweepRecorder(curve), new SweepProgress(progress));
        } finally {
            remove(folder);
        }
        return curve;
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return; // a run that could not begin removes it itself
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(folder);
    }
}
