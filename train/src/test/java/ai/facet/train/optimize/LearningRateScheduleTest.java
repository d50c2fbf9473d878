package ai.facet.train.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.train.optimize.LearningRateSchedule.Kind;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    @Test
    void oneCycleEqualsPyTorch() {
        // torch.optim.lr_scheduler.OneCycleLR(max_lr=0.4, total_steps=10)
        double[] expected = {
            0.016,
            0.208,
            0.4,
            0.38019385280538953,
            0.3246982615799052,
            0.24450480877451572,
            0.1554967912254843,
            0.0753033384200948,
            0.019807747194610516,
            1.6e-06
        };
        LearningRateSchedule schedule = new LearningRateSchedule(Kind.ONE_CYCLE, 0.4, 10, 5);

        double[] rates = LongStream.range(0, 10).mapToDouble(schedule::at).toArray();

        assertThat(rates).containsExactly(expected, within(1e-12));
    }

    @Test
    void cosineWarmsUpOverATwentiethAndEndsNearZero() {
        LearningRateSchedule schedule = new LearningRateSchedule(Kind.COSINE, 1, 100, 10);

        assertThat(schedule.at(0)).isEqualTo(0.2, within(1e-12));
        assertThat(schedule.at(4)).isEqualTo(1, within(1e-12));
        assertThat(schedule.at(5)).isEqualTo(1, within(1e-12));
        assertThat(schedule.at(52)).isEqualTo((1 + Math.cos(Math.PI * 47 / 95)) / 2, within(1e-12));
        assertThat(schedule.at(99)).isBetween(0.0, 0.001);
    }

    @Test
    void stepHalvesEveryTenEpochs() {
        LearningRateSchedule schedule = new LearningRateSchedule(Kind.STEP, 0.8, 1000, 3);

        assertThat(schedule.at(29)).isEqualTo(0.8);
        assertThat(schedule.at(30)).isEqualTo(0.4);
        assertThat(schedule.at(60)).isEqualTo(0.2);
    }

    @Test
    void stepHalvesAsOftenAsAsked() {
        LearningRateSchedule schedule = new LearningRateSchedule(Kind.STEP, 0.8, 1000, 3, 2);

        assertThat(schedule.at(5)).isEqualTo(0.8);
        assertThat(schedule.at(6)).isEqualTo(0.4);
        assertThat(schedule.at(12)).isEqualTo(0.2);
    }

    @Test
    void triangularIsOneCycleOfPyTorchsCyclicLr() {
        // CyclicLR(base_lr=0.04, max_lr=1, step_size_up=4): base + (max - base) * max(0, 1 - |step / 4 - 1|)
        double[] expected = {0.04, 0.28, 0.52, 0.76, 1, 0.76, 0.52, 0.28, 0.04};
        LearningRateSchedule schedule = new LearningRateSchedule(Kind.TRIANGULAR, 1, 9, 3);

        double[] rates = LongStream.range(0, 9).mapToDouble(schedule::at).toArray();

        assertThat(rates).containsExactly(expected, within(1e-12));
    }

    @Test
    void plateauIsLoweredOnceTooManyEpochsBringNothingBetter() {
        // ReduceLROnPlateau(mode="max", factor=0.5, patience=1, threshold=0) by hand
        List<Double> scores = List.of(0.3, 0.4, 0.4, 0.39, 0.38, 0.5, 0.1, 0.2, 0.3, 0.4);
        double[] expected = {0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2, 0.1};

        double[] rates = IntStream.rangeClosed(0, 10)
                .mapToDouble(epoch -> new ReduceOnPlateau(
                                new LearningRateSchedule(Kind.PLATEAU, 0.8, 100, 10),
                                0.5,
                                1,
                                () -> scores.subList(0, epoch))
                        .at(epoch * 10L))
                .toArray();

        assertThat(rates).containsExactly(expected, within(1e-12));
    }

    @Test
    void shortRunsHaveFinitePositiveRates() {
        for (Kind kind : Kind.values()) {
            for (long total = 1; total <= 5; total++) {
                LearningRateSchedule schedule = new LearningRateSchedule(kind, 1, total, 1);
                for (long step = 0; step < total; step++) {
                    assertThat(schedule.at(step))
                            .as("%s %d/%d", kind, step, total)
                            .isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void rejectsANegativeRate() {
        assertThatThrownBy(() -> new LearningRateSchedule(Kind.CONSTANT, -1, 10, 5))
                .hasMessageContaining("expected numbers above 0");
    }
}
