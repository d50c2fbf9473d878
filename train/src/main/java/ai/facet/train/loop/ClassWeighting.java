package ai.facet.train.loop;

import java.util.Arrays;
import java.util.Locale;

/** How much a wrong answer counts, by how rare its class is among the training pictures. The mean over them is 1. */
public enum ClassWeighting {
    /** Every picture the same. */
    NONE,
    /** In inverse proportion to the class's pictures: every class the same. */
    INVERSE,
    /** In inverse proportion to the effective number of pictures, beta = 0.999 (Cui et al., 2019). */
    EFFECTIVE;

    private static final double BETA = 0.999;

    /** The name in files and options. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * One weight per class; 1 for a class without pictures.
     *
     * @param counts pictures of each class
     */
    double[] weights(long[] counts) {
        double[] weights = Arrays.stream(counts).mapToDouble(this::raw).toArray();
        double sum = 0;
        for (int c = 0; c < weights.length; c++) {
            sum += weights[c] * counts[c];
        }
        double mean = sum / Math.max(1, Arrays.stream(counts).sum());
        for (int c = 0; c < weights.length; c++) {
            weights[c] = counts[c] == 0 || mean == 0 ? 1 : weights[c] / mean;
        }
        return weights;
    }

    private double raw(long count) {
        return switch (this) {
            case NONE -> 1;
            case INVERSE -> 1.0 / Math.max(1, count);
            case EFFECTIVE -> (1 - BETA) / (1 - Math.pow(BETA, (double) Math.max(1, count)));
        };
    }
}
