package ai.facet.export.bench;

import ai.facet.bench.Timed;
import java.io.IOException;
import java.util.Map;

/** One way to run the exported network on one batch. Short runs are repeated, so that a clock can measure them. */
abstract class Contender implements Timed {
    private static final double LEAST_MILLIS = 40;
    private static final double WARM_UP_MILLIS = 1000;
    private static final int MOST_REPEATS = 1000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String name;
    private int repeats;

    Contender(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    /** Bytes of its file. */
    abstract long bytes();

    /** The logits of the batch by attribute, each {@code [batch, classes]}. */
    abstract Map<String, float[]> logits() throws IOException;

    /** Runs so often and returns the milliseconds of all. */
    double manyMillis(int times) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            logits();
        }
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    @Override
    public final double runMillis() throws IOException {
        if (repeats == 0) {
            double once = warmUp();
            repeats = (int) Math.max(1, Math.min(MOST_REPEATS, Math.ceil(LEAST_MILLIS / once)));
        }
        return manyMillis(repeats) / repeats;
    }

    /** Engines prepare themselves in the first runs, and the JVM's compiler in some hundred. Returns what one takes then. */
    private double warmUp() throws IOException {
        long end = System.nanoTime() + (long) (WARM_UP_MILLIS * NANOS_PER_MILLI);
        double once = manyMillis(1);
        while (System.nanoTime() < end) {
            once = manyMillis(1);
        }
        return Math.max(1e-3, once);
    }
}
