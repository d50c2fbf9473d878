package ai.facet.heat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.network.CellGrid;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    @Test
    void valuesLieOnThePixelsThatTheyAreCentredOn() {
        HeatMap heat = new HeatMap(1, 2, new float[] {1, 5});

        float[] field = heat.over(new CellGrid(1, 2, 1, 4), 8, 1);

        assertThat(field).containsExactly(1, 1, 2, 3, 4, 5, 5, 5);
    }

    @Test
    void scalesToItsOwnPeakIfItHasOne() {
        assertThat(new HeatMap(1, 2, new float[] {1, 4}).scaledToPeak().values())
                .containsExactly(0.25f, 1);
        assertThat(new HeatMap(1, 2, new float[2]).scaledToPeak().values()).containsExactly(0, 0);
    }
}
