package ai.facet.train.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.heat.HeatMap;
import org.junit.jupiter.api.Test;

/** By hand: two channels of 1 x 2 values. */
class HeatTest {
    private static final float[] MAPS = {1, 3, 2, 0};
    private static final float[] GRADIENTS = {0.5f, 1.5f, -1, 0.5f};

    @Test
    void gradCamWeighsEachMapWithItsMeanDerivative() {
        HeatMap heat = HeatMethod.GRAD_CAM.heat(MAPS, GRADIENTS, 0, 2, 1, 2);

        // weights 1 and -0.25: 1 * (1, 3) - 0.25 * (2, 0)
        assertThat(heat.values()).containsExactly(0.5f, 3f);
    }

    @Test
    void whatSpeaksAgainstTheClassIsCut() {
        HeatMap heat = HeatMethod.GRAD_CAM.heat(MAPS, new float[] {-1, -1, 0, 0}, 0, 2, 1, 2);

        assertThat(heat.peak()).isZero();
    }

    /** Equation 19 with sum(A) = 4 and 2: a = g^2 / (2 g^2 + sum(A) g^3) = 1 / (2 + sum(A) g). */
    @Test
    void gradCamPlusPlusFollowsItsClosedForm() {
        HeatMap heat = HeatMethod.GRAD_CAM_PLUS_PLUS.heat(MAPS, GRADIENTS, 0, 2, 1, 2);

        double first = 0.5 / (2 + 4 * 0.5) + 1.5 / (2 + 4 * 1.5);
        double second = 0.5 / (2 + 2 * 0.5); // the negative derivative does not count
        assertThat(heat.values()[0]).isCloseTo((float) (first + second * 2), within(1e-6f));
        assertThat(heat.values()[1]).isCloseTo((float) (first * 3), within(1e-6f));
    }

    @Test
    void takesTheAskedPictureOfABatch() {
        float[] maps = {9, 9, 1, 3};
        float[] gradients = {9, 9, 1, 1};

        assertThat(HeatMethod.GRAD_CAM.heat(maps, gradients, 1, 1, 1, 2).values())
                .containsExactly(1f, 3f);
    }

    @Test
    void shareIsThePartOfHeatUnderTheMask() {
        assertThat(RegionShares.share(new float[] {1, 2, 5}, new float[] {0, 0.5f, 1}))
                .isEqualTo(0.75);
    }

    @Test
    void thePeakOfAPlateauLiesWhereMostOfItLies() {
        float[] field = {0, 2, 2, 2};

        assertThat(RegionShares.peakInside(field, new float[] {0, 0, 1, 1})).isTrue();
        assertThat(RegionShares.peakInside(field, new float[] {1, 1, 0, 0})).isFalse();
    }

    @Test
    void namesTheMethods() {
        assertThat(HeatMethod.of("grad-cam++")).isEqualTo(HeatMethod.GRAD_CAM_PLUS_PLUS);
        assertThatThrownBy(() -> HeatMethod.of("lime"))
                .hasMessage("--method is \"lime\"; expected grad-cam or grad-cam++");
    }
}
