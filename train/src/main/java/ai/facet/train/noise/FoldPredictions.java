package ai.facet.train.noise;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.Folds;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.SplitSide;
import ai.facet.cli.UserException;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.RunLimits;
import ai.facet.train.input.PrivateFolders;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.run.CheckpointEvaluation;
import ai.facet.train.run.CheckpointEvaluation.Judged;
import ai.facet.train.run.RunFolder;
import ai.facet.train.run.SettingsFile;
import ai.facet.train.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains one network for each fold on all others, so that every row is judged by a network that never saw it. Each has a run
 * folder of its own; what a stopped process leaves is gone on with.
 */
final class FoldPredictions {
    private static final String SETTINGS = "folds.json";

    private final RunConfig config;
    private final int folds;

    FoldPredictions(RunConfig config, int folds) {
        this.config = config;
        this.folds = folds;
    }

    /** Whether networks were begun in a folder. */
    static boolean begunIn(Path folder) {
        return Files.isRegularFile(folder.resolve(SETTINGS));
    }

    /**
     * Trains and judges.
     *
     * @param fingerprints one per image of the table
     * @param folder receives one run folder per fold; may hold those of an earlier start
     * @throws UserException (exit 2) if the earlier start had other settings or rows
     */
    OutOfSample run(AnnotationTable table, List<ImageFingerprint> fingerprints, Path folder) throws IOException {
        int[] fold = Folds.of(table, fingerprints, folds, config.training().seed());
        open(table, folder);
        List<Judged> parts = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            System.err.println("facet: network " + (f + 1) + " of " + folds);
            Path run = run(folder, f);
            train(withTest(table, fold, f), run);
            try (CheckpointEvaluation judge =
                    CheckpointEvaluation.open(RunFolder.best(run), config.device(), config.threads())) {
                parts.add(judge.judge(only(table, fold, f), "all", false));
            }
        }
        return OutOfSample.join(table, parts);
    }

    /** Settings may change as long as nothing was trained with them. */
    private void open(AnnotationTable table, Path folder) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>(config.training().toJson());
        settings.put("folds", folds);
        settings.put("dataHash", table.hash());
        SettingsFile file = new SettingsFile(folder.resolve(SETTINGS));
        if (begunIn(folder) && Files.exists(run(folder, 0))) {
            file.requireSame(settings, "networks of other settings or rows");
        } else {
            PrivateFolders.create(folder);
            file.write(settings);
        }
    }

    private static Path run(Path folder, int fold) {
        return folder.resolve("fold-" + (fold + 1));
    }

    private void train(AnnotationTable table, Path run) throws IOException {
        if (Files.exists(run.resolve(HtmlReport.FILE))) {
            System.err.println("facet: " + run + " is finished already");
            return;
        }
        try (TrainingRun opened = opened(table, run)) {
            if (opened.train("the same command").isEmpty()) {
                throw UserException.failed("stopped before all networks were trained; the same command goes on");
            }
        }
    }

    /** The rows are known to be the same. Another number of threads changes last bits only, which no suspect hangs on. */
    private TrainingRun opened(AnnotationTable table, Path run) throws IOException {
        RunLimits limits = new RunLimits(null);
        if (Files.exists(run.resolve(RunConfig.FILE))) {
            return TrainingRun.resume(config, table, run, true, limits);
        }
        if (Files.exists(run)) {
            RunFolder.discard(run);
        }
        return TrainingRun.start(config, table, run, limits, null);
    }

    /** The fold is what the run tests on; training and validation come from the others. */
    private static AnnotationTable withTest(AnnotationTable table, int[] fold, int wanted) {
        List<AnnotatedImage> images = new ArrayList<>();
        for (int i = 0; i < fold.length; i++) {
            AnnotatedImage image = table.images().get(i);
            images.add(new AnnotatedImage(
                    image.path(),
                    image.source(),
                    image.line(),
                    image.labels(),
                    image.box(),
                    image.group(),
                    fold[i] == wanted ? SplitSide.TEST : null));
        }
        return new AnnotationTable(table.schema(), images, table.hash(), table.fileHashes(), table.notes());
    }

    private static AnnotationTable only(AnnotationTable table, int[] fold, int wanted) {
        int[] chosen = java.util.stream.IntStream.range(0, fold.length)
                .filter(i -> fold[i] == wanted)
                .toArray();
        return table.select(chosen);
    }
}
