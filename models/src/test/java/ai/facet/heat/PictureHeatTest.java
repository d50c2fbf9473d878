package ai.facet.heat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.network.CellGrid;
import ai.facet.preprocess.Fit;
import ai.facet.preprocess.FrameScale;
import ai.facet.preprocess.Preprocessing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A picture of 16 x 8 px before an input of 4 x 4 px. */
class PictureHeatTest {
    private static final CellGrid GRID = new CellGrid(2, 2, 0.5, 2);
    private static final HeatMap HEAT = new HeatMap(2, 2, new float[] {1, 2, 0, 4});

    /** Scale 1/4, a bar of one row above: input (1, 1) is picture (4, 0). */
    @Test
    void aLetterboxShiftsAndScalesBothWaysAlike() {
        PictureHeat heat = PictureHeat.of(HEAT, GRID, scale(Fit.LETTERBOX));

        assertThat(heat.firstCentreX()).isEqualTo(4);
        assertThat(heat.firstCentreY()).isZero();
        assertThat(heat.stepX()).isEqualTo(8);
        assertThat(heat.stepY()).isEqualTo(8);
    }

    @Test
    void aStretchedPictureHasAnotherStepEachWay() {
        PictureHeat heat = PictureHeat.of(HEAT, GRID, scale(Fit.STRETCH));

        assertThat(List.of(heat.firstCentreX(), heat.firstCentreY())).containsExactly(4.0, 2.0);
        assertThat(List.of(heat.stepX(), heat.stepY())).containsExactly(8.0, 4.0);
    }

    /** Scale 1/2, two columns cut: input (1, 1) is picture (6, 2). */
    @Test
    void aCropBeginsInsideThePicture() {
        PictureHeat heat = PictureHeat.of(HEAT, GRID, scale(Fit.CROP));

        assertThat(List.of(heat.firstCentreX(), heat.firstCentreY())).containsExactly(6.0, 2.0);
        assertThat(heat.stepX()).isEqualTo(4);
    }

    @Test
    void everyPixelGetsAValueBetweenItsCells() {
        PictureHeat heat = new PictureHeat(new HeatMap(1, 2, new float[] {0, 1}), 1.5, 0.5, 4, 4);

        assertThat(heat.over(7, 1)).containsExactly(0, 0, 0.25f, 0.5f, 0.75f, 1, 1);
    }

    @Test
    void jsonIsScaledToThePeakAndShort() {
        assertThat(PictureHeat.of(new HeatMap(1, 2, new float[] {1, 3}), GRID, scale(Fit.STRETCH))
                        .toJson())
                .hasToString("{rows=1, columns=2, values=[0.3333, 1.0], firstCentre=[4.0, 2.0], step=[8.0, 4.0]}");
    }

    private static FrameScale scale(Fit fit) {
        List<Double> ones = List.of(1.0, 1.0, 1.0);
        return FrameScale.of(null, 16, 8, new Preprocessing(4, 4, fit, 0, ones, ones));
    }
}
