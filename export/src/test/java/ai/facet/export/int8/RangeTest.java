package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeTest {
    /** scale = (high - low) / 255, zero point = round(-low / scale). */
    @Test
    void scaleAndZeroPointInClosedForm() {
        assertThat(new Range(-1, 4.1).scale()).isEqualTo(0.02f);
        assertThat(new Range(-1, 4.1).zeroPoint()).isEqualTo(50);
        assertThat(new Range(0, 25.5).scale()).isEqualTo(0.1f);
        assertThat(new Range(0, 25.5).zeroPoint()).isZero();
        assertThat(new Range(-25.5, 0).zeroPoint()).isEqualTo(255);
    }

    @Test
    void zeroIsAlwaysInsideAndExact() {
        assertThat(new Range(2, 5)).isEqualTo(new Range(0, 5));
        assertThat(new Range(-7, -3)).isEqualTo(new Range(-7, 0));
        assertThat(new Range(-0.37, 1.19).rounded(0)).isZero();
        assertThat(new Range(0, 0).scale()).isEqualTo(1);
    }

    @Test
    void valuesMoveByAtMostHalfAStepInsideAndAreCutOutside() {
        Range range = new Range(-1.3, 2.9);
        Random random = new Random(4);
        for (int i = 0; i < 1000; i++) {
            double value = -1.29 + random.nextDouble() * 4.18;
            assertThat(range.rounded(value)).isCloseTo(value, within(range.scale() / 2.0 + 1e-9));
        }
        assertThat(range.rounded(100)).isCloseTo(2.9, within(range.scale() / 2.0));
        assertThat(range.rounded(-100)).isCloseTo(-1.3, within(range.scale() / 2.0));
    }

    @Test
    void halvesGoToTheEvenStep() {
        Range range = new Range(0, 255);
        assertThat(range.rounded(0.5)).isZero();
        assertThat(range.rounded(1.5)).isEqualTo(2);
        assertThat(range.rounded(2.5)).isEqualTo(2);
    }

    @Test
    void brokenWeightsAreNamed() {
        assertThatThrownBy(() -> new Range(0, Double.POSITIVE_INFINITY)).hasMessageContaining("finite");
    }
}
