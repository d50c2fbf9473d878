package ai.facet.train.report;

import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.TrainingListener;
import ai.facet.train.loop.TrainingState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress on standard error: a bar with loss, pictures per second and remaining time where somebody watches, and one
 * line per epoch everywhere.
 */
public final class ConsoleProgress implements TrainingListener, AutoCloseable {
    private static final int UPDATE_MILLIS = 500;
    private static final int WIDTH = 110;

    private final PrintStream err;
    private final int epochs;
    private final @Nullable ProgressBar bar;

    /**
     * Starts the display.
     *
     * @param interactive whether a terminal shows it
     */
    public ConsoleProgress(PrintStream err, int epochs, long totalSteps, long doneSteps, boolean interactive) {
        this.err = err;
        this.epochs = epochs;
        this.bar = interactive ? bar("training", err, totalSteps, doneSteps) : null;
    }

    @Override
    public void progressed(TrainingState state, double meanLoss, double imagesPerSecond) {
        if (bar != null) {
            bar.stepTo(state.step());
            bar.setExtraMessage(String.format(
                    Locale.ROOT,
                    " epoch %d/%d, loss %.3f, %.0f images/s",
                    state.epoch() + 1,
                    epochs,
                    meanLoss,
                    imagesPerSecond));
        }
    }

    @Override
    public void epochEnded(TrainingState state, EpochMetrics metrics) {
        EpochMetrics best = state.best();
        String line = String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.3f  validation loss %.3f  balanced accuracy %.3f%s  %.0f images/s  %.0f s",
                metrics.epoch(),
                epochs,
                metrics.trainLoss(),
                metrics.validationLoss(),
                metrics.score(),
                metrics.equals(best) ? " (best)" : "",
                metrics.imagesPerSecond(),
                metrics.seconds());
        if (bar != null) {
            bar.stepTo(state.step());
            bar.pause();
            err.print("\r\u001b[2K"); // the bar draws itself again below this line
            err.println(line);
            bar.resume();
        } else {
            err.println(line);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    static ProgressBar bar(String name, PrintStream err, long totalSteps, long doneSteps) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" steps", 1)
                .setInitialMax(totalSteps)
                .startsFrom(doneSteps, Duration.ZERO)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build();
    }
}
