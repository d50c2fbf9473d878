package ai.facet.export.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogitDifferenceTest {
    @Test
    void smallLogitsMayDifferByTheToleranceItself() {
        assertThat(difference(0.5f, 0.50009f).passed()).isTrue();
        assertThat(difference(0.5f, 0.50011f).passed()).isFalse();
    }

    @Test
    void largeLogitsMayDifferInProportion() {
        assertThat(difference(100f, 100.009f).passed()).isTrue();
        assertThat(difference(100f, 100.011f).passed()).isFalse();
    }

    @Test
    void aLogitThatIsNoNumberNeverPasses() {
        assertThat(difference(Float.NaN, 1f).passed()).isFalse();
        assertThat(difference(Float.NaN, Float.NaN).passed()).isFalse();
        assertThat(difference(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY).passed())
                .isFalse();
    }

    @Test
    void batchesAddUp() {
        LogitDifference both = difference(1f, 1.5f)
                .plus(LogitDifference.of("age_logits", "onnx", new float[] {1, 1, 1}, "djl", new float[] {1, 1, 2}));
        assertThat(both.largest()).isEqualTo(1);
        assertThat(both.mean()).isCloseTo(1.5 / 4, within(1e-9));
        assertThat(both.values()).isEqualTo(4);
    }

    private static LogitDifference difference(float a, float b) {
        return LogitDifference.of("age_logits", "onnx", new float[] {a}, "djl", new float[] {b});
    }
}
