package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeFitTest {
    private static final double[][] SLOPES = {{0.5, -1}, {0, 2}, {-0.25, 0.125}};
    private static final double[] SHIFT = {0.75, -3};

    private final Random random = new Random(5);

    @Test
    void aLinearLawIsFound() {
        double[][] features = gaussian(40, 3);

        RidgeFit fit = RidgeFit.of(features, law(features, 0));

        assertThat(fit.shift()).containsExactly(SHIFT, within(1e-4));
        for (int f = 0; f < SLOPES.length; f++) {
            assertThat(fit.slopes()[f]).containsExactly(SLOPES[f], within(1e-4));
        }
    }

    /** The same law under noise, and 60 features that have nothing to do with it: better on new examples than their mean. */
    @Test
    void noiseIsNotLearned() {
        double[][] features = gaussian(40, 63);
        RidgeFit fit = RidgeFit.of(features, law(features, 1));
        RidgeFit ofNoise = RidgeFit.of(features, gaussian(40, 1));

        double[][] others = gaussian(400, 63);
        double[][] wanted = law(others, 0);
        assertThat(error(fit, others, wanted)).isLessThan(0.8 * error(mean(), others, wanted));
        double[][] nothing = new double[400][1];
        assertThat(error(ofNoise, others, nothing)).isLessThan(0.5);
    }

    @Test
    void featuresThatNeverChangeGiveTheMeanOnly() {
        double[][] features = new double[20][2];
        Arrays.stream(features).forEach(row -> Arrays.fill(row, 7));
        double[][] targets = gaussian(20, 1);

        RidgeFit fit = RidgeFit.of(features, targets);

        assertThat(fit.slopes()).isDeepEqualTo(new double[][] {{0}, {0}});
        assertThat(fit.shift()[0])
                .isCloseTo(
                        Arrays.stream(targets).mapToDouble(t -> t[0]).average().orElseThrow(), within(1e-12));
    }

    /** Solved for the slopes or for the examples' weights, it is the same. */
    @Test
    void bothFormsAgree() {
        double[][] features = gaussian(30, 29);
        double[][] targets = law(features, 0.3);
        double[][] wider =
                Arrays.stream(features).map(row -> Arrays.copyOf(row, 31)).toArray(double[][]::new);

        RidgeFit byFeature = RidgeFit.of(features, targets);
        RidgeFit byExample = RidgeFit.of(wider, targets); // two features that are always 0

        for (int f = 0; f < 29; f++) {
            assertThat(byExample.slopes()[f]).containsExactly(byFeature.slopes()[f], within(1e-6));
        }
        assertThat(byExample.slopes()[30]).containsExactly(new double[2], within(1e-12));
    }

    private RidgeFit mean() {
        return new RidgeFit(new double[63][2], SHIFT);
    }

    private double[][] law(double[][] features, double noise) {
        return Arrays.stream(features)
                .map(row -> {
                    double[] target = SHIFT.clone();
                    for (int t = 0; t < target.length; t++) {
                        for (int f = 0; f < SLOPES.length; f++) {
                            target[t] += row[f] * SLOPES[f][t];
                        }
                        target[t] += noise * random.nextGaussian();
                    }
                    return target;
                })
                .toArray(double[][]::new);
    }

    private static double error(RidgeFit fit, double[][] features, double[][] targets) {
        double sum = 0;
        for (int e = 0; e < features.length; e++) {
            for (int t = 0; t < targets[e].length; t++) {
                double found = fit.shift()[t];
                for (int f = 0; f < features[e].length; f++) {
                    found += features[e][f] * fit.slopes()[f][t];
                }
                sum += (found - targets[e][t]) * (found - targets[e][t]);
            }
        }
        return sum / features.length;
    }

    private double[][] gaussian(int rows, int columns) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return values;
    }
}
