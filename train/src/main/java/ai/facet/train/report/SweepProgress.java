package ai.facet.train.report;

import ai.facet.train.loop.TrainingListener;
import ai.facet.train.loop.TrainingState;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** The progress of a learning-rate sweep on standard error, where somebody watches. */
public final class SweepProgress implements TrainingListener, AutoCloseable {
    private final @Nullable ProgressBar bar;

    /** Starts the display; {@code interactive} says whether a terminal shows it. */
    public SweepProgress(String name, PrintStream err, long steps, boolean interactive) {
        this.bar = interactive ? ConsoleProgress.bar(name, err, steps, 0) : null;
    }

    @Override
    public void progressed(TrainingState state, double meanLoss, double imagesPerSecond) {
        if (bar != null) {
            bar.stepTo(state.step());
            bar.setExtraMessage(String.format(Locale.ROOT, " %.0f images/s", imagesPerSecond));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
