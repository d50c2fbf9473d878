package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.export.graph.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class QuantizedWeightsTest {
    private static final Tensor WEIGHT = weight(1.27f, -0.635f, 25.4f, 0.3f);

    /** Channel 0: 1.27 / 127 = 0.01; channel 1: 25.4 / 127 = 0.2. */
    @Test
    void eachChannelHasAScaleOfItsOwn() {
        QuantizedWeights integers = QuantizedWeights.of(WEIGHT, bias(0.5f, -3), 0.1f, 8);

        assertThat(integers.scales()).containsExactly(0.01f, 0.2f);
        assertThat(integers.weights()).containsExactly(127, -64, 127, 2);
        // 0.5 / (0.1 * 0.01), -3 / (0.1 * 0.2)
        assertThat(integers.biases()).containsExactly(500, -150);
    }

    @Test
    void sevenBitsReachTo63() {
        assertThat(QuantizedWeights.of(WEIGHT, null, 1, 7).weights()).containsExactly(63, -32, 63, 1);
        assertThat(QuantizedWeights.of(WEIGHT, null, 1, 7).biases()).isNull();
    }

    /** With the scale of its tiny weights the bias would need 3e9 steps, more than 32 bits. */
    @Test
    void aBiasNeverOverflows() {
        QuantizedWeights integers = QuantizedWeights.of(weight(1e-9f, 0, 0, 0), bias(0.3f, 0), 0.01f, 8);

        int[] biases = Objects.requireNonNull(integers.biases());
        assertThat(biases[0] * 0.01 * integers.scales()[0]).isBetween(0.2999999, 0.3000001);
        assertThat(biases[0]).isPositive();
    }

    @Test
    void aChannelOfZerosStaysZero() {
        QuantizedWeights integers = QuantizedWeights.of(weight(0, 0, 0, 0), bias(0, 0), 0.01f, 8);

        assertThat(integers.weights()).containsOnly(0);
        assertThat(integers.scales()).containsExactly(1, 1);
    }

    private static Tensor weight(float... values) {
        return new Tensor("w", List.of(2L, 2L, 1L, 1L), values);
    }

    private static Tensor bias(float... values) {
        return Tensor.vector("b", values);
    }
}
