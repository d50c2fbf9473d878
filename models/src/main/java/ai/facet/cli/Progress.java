package ai.facet.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a command is: a bar where somebody watches, and elsewhere a plain line for each tenth of a long job. Any thread
 * may report.
 */
public final class Progress implements AutoCloseable {
    private static final int UPDATE_MILLIS = 250;
    private static final long QUIET_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int PARTS = 10;

    private final PrintStream err;
    private final String task;
    private final String unit;
    private final long total;
    private final LongSupplier nanos;
    private final @Nullable ProgressBar bar;
    private long done;
    private long toldPart;
    private long toldAt;

    /**
     * A display.
     *
     * @param nanos the clock
     */
    Progress(PrintStream err, String task, String unit, long done, long total, boolean watched, LongSupplier nanos) {
        this.err = err;
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.nanos = nanos;
        this.done = done;
        this.toldPart = part(done);
        this.toldAt = nanos.getAsLong();
        this.bar = watched ? bar() : null;
    }

    /**
     * Starts, on standard error.
     *
     * @param task what is done, such as {@code reading}
     * @param unit what is counted, in the plural
     * @param total how many there are; 0 if nobody knows
     */
    public static Progress start(String task, String unit, long total) {
        return goOn(task, unit, 0, total);
    }

    /** Starts where an earlier process stopped. */
    public static Progress goOn(String task, String unit, long done, long total) {
        return new Progress(System.err, task, unit, done, total, Terminal.isStandardError(), System::nanoTime);
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" " + unit, 1)
                .setInitialMax(total > 0 ? total : -1) // unknown
                .startsFrom(done, Duration.ZERO)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
    }

    /** One more is done. */
    public synchronized void step() {
        stepTo(done + 1);
    }

    /** So many are done. */
    public synchronized void stepTo(long count) {
        done = count;
        if (bar != null) {
            bar.stepTo(count);
        } else if (part(count) > toldPart && nanos.getAsLong() - toldAt >= QUIET_NANOS) {
            toldPart = part(count);
            toldAt = nanos.getAsLong();
            err.println(String.format(
                    Locale.ROOT, "%s: %,d of %,d %s (%d %%)", task, count, total, unit, 100 * count / total));
        }
    }

    private long part(long count) {
        return total > 0 ? PARTS * count / total : 0;
    }

    /** A few words behind the bar. */
    public void note(String words) {
        if (bar != null) {
            bar.setExtraMessage(" " + words);
        }
    }

    /** A line that stays; it counts as told. */
    public synchronized void line(String text) {
        toldAt = nanos.getAsLong();
        toldPart = part(done);
        if (bar == null) {
            err.println(text);
            return;
        }
        bar.pause();
        err.print("\r\u001b[2K"); // the bar draws itself again below this line
        err.println(text);
        bar.resume();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
