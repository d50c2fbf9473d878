package ai.facet.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

/** On a machine where this fails, no other test of this module says anything: see {@link ConvolutionCheck}. */
class ConvolutionCheckTest {
    @Test
    void theEngineComputesConvolutionsAsByHand() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            double error = ConvolutionCheck.largestError(manager);

            assertThat(error).isPositive().isLessThan(1e-5); // sums of 216 products in float32
            assertThatCode(() -> ConvolutionCheck.require(manager)).doesNotThrowAnyException();
        }
    }
}
