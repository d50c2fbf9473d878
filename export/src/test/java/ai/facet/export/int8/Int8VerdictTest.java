package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.facet.metrics.AttributeMetrics;
import ai.facet.schema.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;

class Int8VerdictTest {
    private static final Attribute SIZE = new Attribute("size", "Size", List.of("small", "large"));

    /** (10.5 - 4.5) / 1002 = 0.005988; margin 1.96 * sqrt(15 - 36 / 1002) / 1002 = 0.007567. */
    @Test
    void theIntervalFollowsAgrestiAndMin() {
        PairedDifference difference = PairedDifference.of(4, 10, 1000);

        assertThat(difference.value()).isCloseTo(0.006, within(1e-12));
        assertThat(difference.low()).isCloseTo(0.005988 - 0.007567, within(1e-6));
        assertThat(difference.high()).isCloseTo(0.005988 + 0.007567, within(1e-6));
    }

    @Test
    void equalAnswersHaveAnIntervalAroundZero() {
        PairedDifference none = PairedDifference.of(0, 0, 100);

        assertThat(none.value()).isZero();
        assertThat(none.low()).isEqualTo(-none.high()).isBetween(-0.02, -0.01);
    }

    @Test
    void passesWhileBothLossesAreSmallEnough() {
        assertThat(verdict(0.995, 0, 0.01).passed()).isTrue();
        assertThat(verdict(0.98, 0, 0.01).passed()).isFalse();
        assertThat(verdict(0.98, 0, 0.02).passed()).isTrue();
    }

    /** Ten pictures of each class; two of twenty right answers become wrong: recall 1 and 0.8. */
    @Test
    void refusesALossOfBalancedAccuracyThoughAnswersAreEqualEnough() {
        Int8Verdict verdict = verdict(0.95, 2, 0.06);

        assertThat(verdict.loss()).isCloseTo(0.1, within(1e-9));
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.toText()).contains("size", "-0.1000", "95.00 %", "1.0000 -> 0.9000");
        assertThat(verdict(0.95, 2, 0.1001).passed()).isTrue();
    }

    @Test
    void withoutLabelsOnlyTheAgreementIsJudged() {
        AttributeMetrics none = AttributeMetrics.of(SIZE, new int[] {-1}, new float[] {1, 0});
        Int8Verdict verdict = new Int8Verdict(false, 1, 0.01, List.of(new Int8Comparison(SIZE, 1, none, none, null)));

        assertThat(verdict.loss()).isNaN();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.toText()).contains("of the calibration itself", "no labels");
        assertThat(verdict.toJson()).doesNotContainKey("meanBalancedAccuracy").containsEntry("heldOut", false);
    }

    private static Int8Verdict verdict(double agreement, int wrong, double maxLoss) {
        AttributeMetrics floats = metrics(0);
        return new Int8Verdict(
                true,
                20,
                maxLoss,
                List.of(new Int8Comparison(
                        SIZE, agreement, floats, metrics(wrong), PairedDifference.of(wrong, 0, 20))));
    }

    private static AttributeMetrics metrics(int wrong) {
        int[] labels = new int[20];
        float[] probabilities = new float[40];
        for (int i = 0; i < 20; i++) {
            labels[i] = i % 2;
            boolean right = labels[i] == 0 || i / 2 >= wrong;
            probabilities[2 * i + (right ? labels[i] : 1 - labels[i])] = 1;
        }
        return AttributeMetrics.of(SIZE, labels, probabilities);
    }
}
