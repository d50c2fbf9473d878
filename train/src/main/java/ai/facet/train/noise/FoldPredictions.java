package ai.facet.train.noise;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.Folds;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.SplitSide;
import ai.facet.cli.UserException;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.RunLimits;
import ai.facet.train.run.CheckpointEvaluation;
import ai.facet.train.run.CheckpointEvaluation.Judged;
import ai.facet.train.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains one network for each fold on all others, so that every row is judged by a network that never saw it. */
final class FoldPredictions {
    private final RunConfig config;
    private final int folds;

    FoldPredictions(RunConfig config, int folds) {
        this.config = config;
        this.folds = folds;
    }

    /**
     * Trains and judges.
     *
     * @param fingerprints one per image of the table
     * @param folder receives one run folder per fold
     */
    OutOfSample run(AnnotationTable table, List<ImageFingerprint> fingerprints, Path folder) throws IOException {
        int[] fold = Folds.of(table, fingerprints, folds, config.training().seed());
        List<Judged> parts = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            System.err.println("facet: network " + (f + 1) + " of " + folds);
            Path run = folder.resolve("fold-" + (f + 1));
            train(withTest(table, fold, f), run);
            try (CheckpointEvaluation judge =
                    CheckpointEvaluation.open(run.resolve("best.safetensors"), config.device(), config.threads())) {
                parts.add(judge.judge(only(table, fold, f), "all", false));
            }
        }
        return OutOfSample.join(table, parts);
    }

    private void train(AnnotationTable table, Path run) throws IOException {
        try (TrainingRun opened = TrainingRun.start(config, table, run, new RunLimits(null), null)) {
            if (opened.train().isEmpty()) {
                throw UserException.failed("stopped before all networks were trained; start again");
            }
        }
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
