package ai.facet.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each class. Rows are the true classes, columns the predicted ones.
 *
 * <p>Precision, recall and F1 of a class for which they are undefined are 0, as in scikit-learn.
 */
public final class ConfusionMatrix {
    private final int[][] counts;

    private ConfusionMatrix(int[][] counts) {
        this.counts = counts;
    }

    /**
     * Counts pairs.
     *
     * @param labels true classes; negative ones are missing and left out
     * @param predicted predicted classes, as many
     */
    public static ConfusionMatrix of(int classes, int[] labels, int[] predicted) {
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                counts[labels[i]][predicted[i]]++;
            }
        }
        return new ConfusionMatrix(counts);
    }

    public int classCount() {
        return counts.length;
    }

    public int count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    public int total() {
        return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
    }

    public int correct() {
        return IntStream.range(0, counts.length).map(i -> counts[i][i]).sum();
    }

    /** How many images truly have the class. */
    public int support(int actual) {
        return Arrays.stream(counts[actual]).sum();
    }

    /** How many images were said to have the class. */
    public int predictions(int predicted) {
        return Arrays.stream(counts).mapToInt(row -> row[predicted]).sum();
    }

    public double precision(int c) {
        return ratio(counts[c][c], predictions(c));
    }

    public double recall(int c) {
        return ratio(counts[c][c], support(c));
    }

    public double f1(int c) {
        return ratio(2.0 * counts[c][c], support(c) + predictions(c));
    }

    /** The share of correct answers; NaN without images. */
    public double accuracy() {
        return (double) correct() / total();
    }

    /** The share of the most frequent true class: the accuracy of saying it always. NaN without images. */
    public double majorityRate() {
        int most = IntStream.range(0, counts.length).map(this::support).max().orElse(0);
        return (double) most / total();
    }

    /** The mean recall of the classes that occur; NaN without images. */
    public double balancedAccuracy() {
        return IntStream.range(0, counts.length)
                .filter(c -> support(c) > 0)
                .mapToDouble(this::recall)
                .average()
                .orElse(Double.NaN);
    }

    /** The mean F1 of the classes that occur as label or as prediction; NaN without images. */
    public double macroF1() {
        return IntStream.range(0, counts.length)
                .filter(c -> support(c) + predictions(c) > 0)
                .mapToDouble(this::f1)
                .average()
                .orElse(Double.NaN);
    }

    private static double ratio(double part, int whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
