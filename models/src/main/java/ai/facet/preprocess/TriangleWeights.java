package ai.facet.preprocess;

/**
 * The weights with which source samples make up resized samples along one axis: a triangle whose half width is one
 * source sample when enlarging and one resized sample when shrinking (antialiasing), normalised to a sum of 1 and
 * rounded to fixed point. The arithmetic, its order and its rounding are those of Pillow's {@code resize(BILINEAR)} on
 * 8-bit pictures, so that results are equal to the bit.
 *
 * <p>Reused from picture to picture: {@link #prepare} does nothing when the sizes did not change. Not thread-safe.
 */
final class TriangleWeights {
    /** Fraction bits of a weight: 32 less 8 for the sample and 2 spare, as in Pillow. */
    static final int FRACTION_BITS = 22;

    static final int HALF = 1 << (FRACTION_BITS - 1);

    private int sourceSize;
    private long resizedSize;
    private long from;
    private int stride;
    private int maxCount;
    private int[] first = new int[0];
    private int[] count = new int[0];
    private int[] weights = new int[0];
    private double[] exact = new double[0];

    /**
     * Computes the weights of resized samples {@code from} to {@code from + kept - 1}.
     *
     * @param sourceSize samples of the source
     * @param resizedSize samples that the whole source would become
     */
    void prepare(int sourceSize, long resizedSize, long from, int kept) {
        if (this.sourceSize == sourceSize
                && this.resizedSize == resizedSize
                && this.from == from
                && first.length == kept) {
            return;
        }
        this.sourceSize = sourceSize;
        this.resizedSize = resizedSize;
        this.from = from;
        double scale = (double) sourceSize / resizedSize;
        stride = (int) Math.min(2 * (long) Math.ceil(Math.max(scale, 1)) + 1, sourceSize);
        first = new int[kept];
        count = new int[kept];
        exact = exact.length < stride ? new double[stride] : exact;
        int needed = Math.multiplyExact(stride, kept);
        weights = weights.length < needed ? new int[needed] : weights;
        maxCount = 0;
        for (int i = 0; i < kept; i++) {
            prepareSample(i, (from + i + 0.5) * scale, Math.max(scale, 1));
            maxCount = Math.max(maxCount, count[i]);
        }
    }

    private void prepareSample(int i, double centre, double support) {
        int start = Math.max((int) (centre - support + 0.5), 0);
        int end = Math.min((int) (centre + support + 0.5), sourceSize);
        double perSample = 1.0 / support;
        double sum = 0;
        for (int k = 0; k < end - start; k++) {
            double distance = Math.abs((k + start - centre + 0.5) * perSample);
            exact[k] = distance < 1.0 ? 1.0 - distance : 0.0;
            sum += exact[k];
        }
        for (int k = 0; k < end - start; k++) {
            double weight = sum == 0 ? exact[k] : exact[k] / sum;
            weights[i * stride + k] = (int) (0.5 + weight * (1 << FRACTION_BITS));
        }
        first[i] = start;
        count[i] = end - start;
    }

    /** Whether every resized sample is its source sample. */
    boolean isIdentity() {
        return sourceSize == resizedSize;
    }

    int first(int i) {
        return first[i];
    }

    int count(int i) {
        return count[i];
    }

    /** The largest {@link #count}. */
    int maxCount() {
        return maxCount;
    }

    /** Index in {@link #values} of the first weight of a resized sample. */
    int offset(int i) {
        return i * stride;
    }

    int[] values() {
        return weights;
    }
}
