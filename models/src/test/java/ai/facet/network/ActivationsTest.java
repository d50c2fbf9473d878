package ai.facet.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationsTest {
    /** By hand, on 8x8: the picture 192, convolution 256, ReLU 256 values; pooling's 64 indices; a mean of 4 a tower. */
    @Test
    void countsWhatTheBackwardPassKeeps() {
        NetworkSummary summary = NetworkSummary.of(spec(), 8, 8, List.of(2, 3));

        assertThat(summary.activations().keptBytes()).isEqualTo(4 * (192 + 256 + 256) + 8 * 64 + 4 * (4 + 4));
        assertThat(summary.stages().get(0).keptBytes()).isEqualTo(4 * (192 + 256 + 256) + 8 * 64);
        assertThat(summary.stages().get(1).keptBytes()).isEqualTo(4 * (4 + 4));
    }

    /** ReLU's backward: 704 values are kept, and gradients of 256 come in and go out; pooling's: 320, with its indices. */
    @Test
    void theWorstMomentAddsGradients() {
        NetworkSummary summary = NetworkSummary.of(spec(), 8, 8, List.of(2, 3));

        assertThat(summary.activations().trainingBytes()).isEqualTo(4 * (704 + 512));
        assertThat(summary.activations().answeringBytes())
                .as("the picture is held")
                .isEqualTo(4 * (192 + 512));
    }

    private static NetworkSpec spec() {
        LayerSpec convolution = new LayerSpec.Convolution(4, 3, 1, true, ConvolutionOrder.CONV_NORM_RELU, false, false);
        StageSpec stage = new StageSpec("stem", List.of(convolution, new LayerSpec.MaxPool(2)));
        return new NetworkSpec(
                "by-hand", List.of(stage), List.of(new LayerSpec.GlobalAveragePool(), new LayerSpec.Classes()));
    }
}
