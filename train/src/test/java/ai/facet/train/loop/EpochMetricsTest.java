package ai.facet.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.train.loop.EpochMetrics.AttributeMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochMetricsTest {
    @Test
    void theBestHasTheHighestScoreThenTheLowestLossThenComesFirst() {
        EpochMetrics early = epoch(1, 0.8, 0.5);
        EpochMetrics surer = epoch(2, 0.8, 0.3);
        EpochMetrics same = epoch(3, 0.8, 0.3);
        EpochMetrics lowerScore = epoch(4, 0.7, 0.1);
        EpochMetrics higherScore = epoch(5, 0.9, 2);

        assertThat(EpochMetrics.best(List.of())).isNull();
        assertThat(EpochMetrics.best(List.of(early, surer, same, lowerScore))).isSameAs(surer);
        assertThat(EpochMetrics.best(List.of(early, surer, same, lowerScore, higherScore)))
                .isSameAs(higherScore);
    }

    private static EpochMetrics epoch(int epoch, double balancedAccuracy, double validationLoss) {
        return new EpochMetrics(
                epoch,
                epoch * 10L,
                0.001,
                1,
                validationLoss,
                1,
                100,
                List.of(new AttributeMetrics("bag", 0.9, 0.5, balancedAccuracy, 0.7, 0.02)));
    }
}
