package ai.facet.train.report;

import ai.facet.cli.Progress;
import ai.facet.train.loop.TrainingListener;
import ai.facet.train.loop.TrainingState;
import java.util.Locale;

/** Shows the steps of a learning-rate sweep. */
public final class SweepProgress implements TrainingListener {
    private final Progress progress;

    public SweepProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void progressed(TrainingState state, double meanLoss, double imagesPerSecond) {
        progress.stepTo(state.step());
        progress.note(String.format(Locale.ROOT, "%.0f images/s", imagesPerSecond));
    }
}
