package ai.facet.serve.bench;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of the requests of a run.
 *
 * @param micros from when each request was to be sent until its answer was there: of those answered with 200
 * @param otherMicros the same of those answered with another status
 * @param statuses how many got which
 * @param failures requests without a whole answer, by what happened
 * @param seconds that the run took
 */
record LoadResult(
        Histogram micros,
        Histogram otherMicros,
        SortedMap<Integer, Long> statuses,
        SortedMap<String, Long> failures,
        double seconds) {
    private static final int OK = 200;
    private static final double PERCENT = 100;
    private static final double MICROS_PER_MILLI = 1000;
    private static final long LONGEST_MICROS = 120_000_000;
    private static final int DIGITS = 3;

    /** Counts the requests of one thread. */
    static final class Tally {
        private final Histogram micros = newHistogram();
        private final Histogram otherMicros = newHistogram();
        private final SortedMap<Integer, Long> statuses = new TreeMap<>();
        private final SortedMap<String, Long> failures = new TreeMap<>();

        void answered(int status, long nanos) {
            statuses.merge(status, 1L, Long::sum);
            (status == OK ? micros : otherMicros).recordValue(Math.min(LONGEST_MICROS, nanos / 1000));
        }

        void failed(Exception e) {
            failures.merge(e.getClass().getSimpleName() + ": " + e.getMessage(), 1L, Long::sum);
        }
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    static LoadResult of(Iterable<Tally> tallies, double seconds) {
        LoadResult all = new LoadResult(newHistogram(), newHistogram(), new TreeMap<>(), new TreeMap<>(), seconds);
        for (Tally tally : tallies) {
            all.micros.add(tally.micros);
            all.otherMicros.add(tally.otherMicros);
            tally.statuses.forEach((status, count) -> all.statuses.merge(status, count, Long::sum));
            tally.failures.forEach((what, count) -> all.failures.merge(what, count, Long::sum));
        }
        return all;
    }

    /** Requests answered with 200. */
    long answered() {
        return statuses.getOrDefault(OK, 0L);
    }

    long requests() {
        return sum(statuses) + failed();
    }

    /** Requests without an answer. */
    long failed() {
        return sum(failures);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    double perSecond() {
        return answered() / seconds;
    }

    /** Milliseconds within which this share of the 200s came. */
    double millis(double share) {
        return micros.getValueAtPercentile(PERCENT * share) / MICROS_PER_MILLI;
    }

    double maxMillis() {
        return micros.getMaxValue() / MICROS_PER_MILLI;
    }
}
