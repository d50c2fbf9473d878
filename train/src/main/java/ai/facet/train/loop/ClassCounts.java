package ai.facet.train.loop;

import ai.facet.schema.AttributeSchema;
import ai.facet.train.input.EpochSampler;
import ai.facet.train.input.Pictures;
import java.util.Arrays;

/**
 * How often each class is shown in an epoch.
 *
 * @param counts {@code [attributes][classes]}
 */
public record ClassCounts(long[][] counts) {
    /** Counts labels, each picture once; missing ones do not count. */
    public static ClassCounts of(AttributeSchema schema, Pictures pictures) {
        return of(schema, pictures, EpochSampler.EVERY_PICTURE_ONCE);
    }

    /** Counts labels as often as their pictures are drawn, rounded; missing ones do not count. */
    public static ClassCounts of(AttributeSchema schema, Pictures pictures, EpochSampler sampler) {
        double[] draws = sampler.expectedDraws(pictures.size());
        double[][] counts = schema.attributes().stream()
                .map(a -> new double[a.classCount()])
                .toArray(double[][]::new);
        for (int i = 0; i < pictures.size(); i++) {
            int[] labels = pictures.labels(i);
            for (int a = 0; a < labels.length; a++) {
                if (labels[a] >= 0) {
                    counts[a][labels[a]] += draws[i];
                }
            }
        }
        return new ClassCounts(Arrays.stream(counts)
                .map(own -> Arrays.stream(own).mapToLong(Math::round).toArray())
                .toArray(long[][]::new));
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
