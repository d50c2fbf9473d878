package ai.facet.serve.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one line an interval into the log and counts the others. Thread-safe. */
final class LogPace {
    static final long HOLD = -1;

    private final long intervalNanos;
    private final LongSupplier nanoClock;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong last;

    LogPace(long intervalNanos, LongSupplier nanoClock) {
        this.intervalNanos = intervalNanos;
        this.nanoClock = nanoClock;
        this.last = new AtomicLong(nanoClock.getAsLong() - intervalNanos);
    }

    /** @return how many lines were held back since the last one, or {@link #HOLD} to hold back this one too */
    long next() {
        long now = nanoClock.getAsLong();
        long before = last.get();
        if (now - before >= intervalNanos && last.compareAndSet(before, now)) {
            return held.getAndSet(0);
        }
        held.incrementAndGet();
        return HOLD;
    }
}
