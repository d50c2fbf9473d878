package ai.facet.export.int8;

/** How often the values of one tensor occur, in bins of the same width over a known range. Not thread-safe. */
final class Histogram {
    static final int BINS = 2048;

    private final double low;
    private final double width;
    private final long[] counts = new long[BINS];
    private long total;

    /** @param range of all values that will come; others count to the outermost bins */
    Histogram(Range range) {
        this.low = range.low();
        double span = range.high() - range.low();
        this.width = span > 0 ? span / BINS : 1;
    }

    void add(float[] values) {
        for (float value : values) {
            int bin = (int) ((value - low) / width);
            counts[Math.max(0, Math.min(BINS - 1, bin))]++;
        }
        total += values.length;
    }

    /** The range without a share of the values at each end. */
    Range without(double share) {
        long allowed = (long) (total * share);
        int first = 0;
        for (long cut = counts[0]; cut <= allowed && first < BINS - 1; cut += counts[first]) {
            first++;
        }
        int last = BINS - 1;
        for (long cut = counts[last]; cut <= allowed && last > 0; cut += counts[last]) {
            last--;
        }
        return new Range(edge(first), edge(last + 1));
    }

    /** The mean squared error of all values after they went through 8 bits. */
    double error(Range range) {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            double centre = edge(i) + width / 2;
            double difference = centre - range.rounded(centre);
            sum += counts[i] * difference * difference;
        }
        return sum / Math.max(1, total);
    }

    Range whole() {
        return new Range(low, edge(BINS));
    }

    private double edge(int bin) {
        return low + bin * width;
    }
}
