package ai.facet.demo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One measurement. Outlives a turned screen; {@link #cancel} ends it early. For the main thread, except {@link #measure}. */
final class BenchmarkRun {
    private static final double NANOS_PER_MILLI = 1e6;

    private final int warmUp;
    private final int runs;
    private volatile boolean cancelled;
    private boolean running = true;
    private @Nullable Timing timing;
    private @Nullable Failure failure;
    private @Nullable Runnable listener;

    /** Times of a benchmark. */
    record Timing(double medianMillis, double p95Millis, int runs, int warmUp) {}

    BenchmarkRun(int warmUp, int runs) {
        this.warmUp = warmUp;
        this.runs = runs;
    }

    boolean running() {
        return running;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Null while it runs, and if it failed or was cancelled. */
    @Nullable
    Timing timing() {
        return timing;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** Is told of the end; null for nobody. */
    void listen(@Nullable Runnable newListener) {
        listener = newListener;
    }

    void cancel() {
        cancelled = true;
        running = false;
    }

    /** On the worker; null if it was cancelled meanwhile. */
    @Nullable
    Timing measure(PhoneModel model) throws Failure {
        byte[] black = new byte[model.description().preprocessing().imageBytes()];
        double[] millis = new double[runs];
        for (int i = -warmUp; i < runs; i++) {
            if (cancelled) {
                return null;
            }
            long begin = System.nanoTime();
            model.answer(black);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
            }
        }
        Arrays.sort(millis);
        return new Timing(quantile(millis, 0.5), quantile(millis, 0.95), runs, warmUp);
    }

    /** Of sorted values: the smallest that at least this share does not exceed. */
    static double quantile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Both null if it was cancelled. */
    void end(@Nullable Timing found, @Nullable Failure reason) {
        running = false;
        if (!cancelled) {
            timing = found;
            failure = reason;
        }
        if (listener != null) {
            listener.run();
        }
    }
}
