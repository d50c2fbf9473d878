package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeMethodTest {
    private static final int VALUES = 100_000;

    /** Uniform from 0 to 1, and one outlier. */
    private final Histogram outlier = histogram(0, 100);

    @Test
    void minMaxKeepsTheOutlier() {
        assertThat(RangeMethod.MIN_MAX.choose(outlier).high()).isCloseTo(100, within(1e-9));
    }

    @Test
    void percentileDropsIt() {
        assertThat(RangeMethod.PERCENTILE.choose(outlier).high()).isBetween(0.99, 1.1);
    }

    /**
     * Cutting the outlier of n values at h costs (100 - h)^2 / n, steps of h/255 cost (h/255)^2 / 12: smallest together at
     * h = 100 / (1 + n / (12 * 255^2)) = 88.6.
     */
    @Test
    void mseWeighsRoundingAgainstCutting() {
        Range chosen = RangeMethod.MSE.choose(outlier);
        assertThat(outlier.error(chosen)).isLessThan(outlier.error(RangeMethod.MIN_MAX.choose(outlier)));
        assertThat(chosen.high()).isBetween(80.0, 95.0);
    }

    /** Uniform values gain nothing from cutting: the error is that of rounding, step squared by twelve. */
    @Test
    void mseKeepsWhatIsUniform() {
        Histogram uniform = histogram(-1, 1);
        Range chosen = RangeMethod.MSE.choose(uniform);
        assertThat(chosen.high() - chosen.low()).isCloseTo(2, within(0.021));
        double step = 2 / 255.0;
        assertThat(uniform.error(new Range(-1, 1))).isCloseTo(step * step / 12, within(0.1 * step * step / 12));
    }

    @Test
    void cutsEvenShareAtBothEnds() {
        Histogram uniform = histogram(-1, 1);
        Range middle = uniform.without(0.25);
        assertThat(middle.low()).isCloseTo(-0.5, within(0.01));
        assertThat(middle.high()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void aTensorOfZerosHasARange() {
        Histogram zeros = new Histogram(new Range(0, 0));
        zeros.add(new float[100]);
        for (RangeMethod method : RangeMethod.values()) {
            assertThat(method.choose(zeros).rounded(0)).isZero();
        }
    }

    @Test
    void namesTheMethods() {
        assertThat(RangeMethod.of("min-max")).isEqualTo(RangeMethod.MIN_MAX);
        assertThatThrownBy(() -> RangeMethod.of("entropy"))
                .hasMessage("--calibration-method is \"entropy\"; expected one of [min-max, percentile, mse]");
    }

    /** Uniform from {@code low} to 1, and one value of {@code high}. */
    private static Histogram histogram(double low, double high) {
        Histogram histogram = new Histogram(new Range(low, high));
        Random random = new Random(8);
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = (float) (low + random.nextDouble() * (1 - low));
        }
        values[0] = (float) high;
        histogram.add(values);
        return histogram;
    }
}
