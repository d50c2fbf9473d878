package ai.facet.train.input;

import ai.facet.schema.AttributeSchema;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws pictures as if first an attribute, then one of its classes and then a picture of that class were chosen, each
 * with equal chances. Systematic sampling over the pictures sorted by class: every picture, and every class of the first
 * attribute, comes up as often as expected, give or take one.
 */
public final class BalancedSampler implements EpochSampler {
    private static final long PURPOSE = 6;

    private final int[] sorted;
    private final double[] cumulative; // in the order of the sorted pictures

    private BalancedSampler(int[] sorted, double[] cumulative) {
        this.sorted = sorted;
        this.cumulative = cumulative;
    }

    /**
     * Chances from the labels.
     *
     * @param attributes ids; pictures without any of these labels are never drawn
     * @throws IllegalArgumentException if no picture has such a label
     */
    public static BalancedSampler of(AttributeSchema schema, Pictures pictures, List<String> attributes) {
        double[] chances = new double[pictures.size()];
        int first = -1;
        for (int a = 0; a < schema.size(); a++) {
            if (attributes.contains(schema.attributes().get(a).id())) {
                first = first < 0 ? a : first;
                addChances(chances, pictures, a, schema.attributes().get(a).classCount());
            }
        }
        int[] sorted = sortedBy(first, pictures);
        double[] cumulative = new double[chances.length];
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += chances[sorted[i]];
            cumulative[i] = sum;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("--balance " + attributes + ": no training picture has such a label");
        }
        return new BalancedSampler(sorted, cumulative);
    }

    private static int[] sortedBy(int attribute, Pictures pictures) {
        return IntStream.range(0, pictures.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> attribute < 0 ? 0 : pictures.labels(i)[attribute]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void addChances(double[] chances, Pictures pictures, int attribute, int classes) {
        long[] counts = new long[classes];
        for (int i = 0; i < chances.length; i++) {
            int label = pictures.labels(i)[attribute];
            if (label >= 0) {
                counts[label]++;
            }
        }
        for (int i = 0; i < chances.length; i++) {
            int label = pictures.labels(i)[attribute];
            if (label >= 0) {
                chances[i] += 1.0 / counts[label];
            }
        }
    }

    @Override
    public double[] expectedDraws(int pictures) {
        double[] draws = new double[sorted.length];
        double before = 0;
        for (int i = 0; i < sorted.length; i++) {
            draws[sorted[i]] = (cumulative[i] - before) * pictures / cumulative[cumulative.length - 1];
            before = cumulative[i];
        }
        return draws;
    }

    @Override
    public int[] order(int pictures, long seed, int epoch) {
        SplittableRandom random = Seeds.random(seed, PURPOSE, epoch);
        double step = cumulative[cumulative.length - 1] / pictures;
        double at = random.nextDouble() * step;
        int[] order = new int[pictures];
        int picture = 0;
        for (int i = 0; i < pictures; i++) {
            while (picture < cumulative.length - 1 && cumulative[picture] <= at) {
                picture++;
            }
            order[i] = sorted[picture];
            at += step;
        }
        EpochOrder.shuffle(order, random);
        return order;
    }
}
