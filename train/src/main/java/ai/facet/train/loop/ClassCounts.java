package ai.facet.train.loop;

import ai.facet.schema.AttributeSchema;
import ai.facet.train.input.Pictures;

/**
 * How often each class occurs among the training pictures.
 *
 * @param counts {@code [attributes][classes]}
 */
public record ClassCounts(long[][] counts) {
    /** Counts labels; missing ones do not count. */
    public static ClassCounts of(AttributeSchema schema, Pictures pictures) {
        long[][] counts =
                schema.attributes().stream().map(a -> new long[a.classCount()]).toArray(long[][]::new);
        for (int i = 0; i < pictures.size(); i++) {
            int[] labels = pictures.labels(i);
            for (int a = 0; a < labels.length; a++) {
                if (labels[a] >= 0) {
                    counts[a][labels[a]]++;
                }
            }
        }
        return new ClassCounts(counts);
    }

    long[] of(int attribute) {
        return counts[attribute];
    }

    /** The share of each class, one picture added to each so that none is 0. */
    double[] priors(int attribute) {
        long[] own = counts[attribute];
        double all = own.length;
        for (long count : own) {
            all += count;
        }
        double[] priors = new double[own.length];
        for (int c = 0; c < own.length; c++) {
            priors[c] = (own[c] + 1) / all;
        }
        return priors;
    }
}
