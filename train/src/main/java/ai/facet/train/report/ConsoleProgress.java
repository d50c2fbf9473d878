package ai.facet.train.report;

import ai.facet.cli.Progress;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.TrainingListener;
import ai.facet.train.loop.TrainingState;
import java.util.Locale;

/** Shows a run's steps, with loss and pictures per second, and leaves one line per epoch. */
public final class ConsoleProgress implements TrainingListener {
    private final Progress progress;
    private final int epochs;

    public ConsoleProgress(Progress progress, int epochs) {
        this.progress = progress;
        this.epochs = epochs;
    }

    @Override
    public void progressed(TrainingState state, double meanLoss, double imagesPerSecond) {
        progress.stepTo(state.step());
        progress.note(String.format(
                Locale.ROOT,
                "epoch %d/%d, loss %.3f, %.0f images/s",
                state.epoch() + 1,
                epochs,
                meanLoss,
                imagesPerSecond));
    }

    @Override
    public void epochEnded(TrainingState state, EpochMetrics metrics) {
        progress.stepTo(state.step());
        progress.line(String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.3f  validation loss %.3f  balanced accuracy %.3f%s  %.0f images/s  %.0f s",
                metrics.epoch(),
                epochs,
                metrics.trainLoss(),
                metrics.validationLoss(),
                metrics.score(),
                metrics.equals(state.best()) ? " (best)" : "",
                metrics.imagesPerSecond(),
                metrics.seconds()));
    }
}
