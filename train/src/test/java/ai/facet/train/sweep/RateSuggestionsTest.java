package ai.facet.train.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.train.sweep.RateSweep.Kind;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSuggestionsTest {
    @Test
    void ratesAreRoundedForPeople() {
        assertThat(SweepResult.text(0.0015000000000000002)).isEqualTo("0.0015");
        assertThat(SweepResult.text(0.001)).isEqualTo("0.001");
        assertThat(SweepResult.text(7.905e-5)).isEqualTo("7.9e-05");
    }

    @Test
    void exponentialRatesMultiplyByOneFactor() {
        RateSweep sweep = new RateSweep(Kind.EXPONENTIAL, 1e-6, 1e-2, 41); // ten steps a decade

        assertThat(sweep.at(0)).isEqualTo(1e-6, within(1e-18));
        assertThat(sweep.at(10)).isEqualTo(1e-5, within(1e-16));
        assertThat(sweep.at(11)).isEqualTo(1.2589254117941673e-5, within(1e-16)); // 10^(1/10) more
        assertThat(sweep.at(40)).isEqualTo(1e-2, within(1e-13));
    }

    @Test
    void triangularRatesGoStraightUpAndDown() {
        RateSweep sweep = new RateSweep(Kind.TRIANGULAR, 0.1, 1.1, 21);

        assertThat(List.of(sweep.at(0), sweep.at(5), sweep.at(10), sweep.at(15), sweep.at(20)))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(0.1, 0.6, 1.1, 0.6, 0.1);
    }

    @Test
    void smoothingCorrectsForItsBeginning() {
        SweepCurve curve = new SweepCurve(new RateSweep(Kind.EXPONENTIAL, 1, 2, 20), 0.5);
        curve.add(8);
        curve.add(4);
        curve.add(6);

        assertThat(curve.smoothed(0)).isEqualTo(8);
        assertThat(curve.smoothed(1)).isEqualTo((4 * 2 + 8) / 3.0, within(1e-12)); // weights 1, 2
        assertThat(curve.smoothed(2)).isEqualTo((6 * 4 + 4 * 2 + 8) / 7.0, within(1e-12)); // weights 1, 2, 4
    }

    @Test
    void endsWhereTheLossIsFourTimesTheBest() {
        SweepCurve curve = new SweepCurve(new RateSweep(Kind.EXPONENTIAL, 1, 2, 20), 0);

        assertThat(curve.add(2)).isTrue();
        assertThat(curve.add(1)).isTrue();
        assertThat(curve.add(4)).isTrue();
        assertThat(curve.diverged()).isFalse();
        assertThat(curve.add(4.01)).isFalse();
        assertThat(curve.diverged()).isTrue();
    }

    @Test
    void aLossThatIsNoNumberEndsTheSweepAndIsNotKept() {
        SweepCurve curve = new SweepCurve(new RateSweep(Kind.EXPONENTIAL, 1, 2, 20), 0.9);
        curve.add(2);

        assertThat(curve.add(Double.NaN)).isFalse();
        assertThat(curve.size()).isEqualTo(1);
        assertThat(curve.diverged()).isTrue();
    }

    /** Flat to step 20, down by 1 a step to 40 but by 3 from 30 to 31, then up. */
    @Test
    void findsThePlacesOfAKnownCurve() {
        RateSweep sweep = new RateSweep(Kind.EXPONENTIAL, 1e-6, 1, 61); // ten steps a decade
        SweepCurve curve = curve(sweep, i -> i <= 20 ? 50 : i <= 40 ? 70 - i - (i > 30 ? 2 : 0) : 28 + 2 * (i - 40));

        RateSuggestions found = RateSuggestions.of(curve);

        assertThat(found.steepest()).isEqualTo(sweep.at(30), within(1e-12)); // between steps 30 and 31
        assertThat(found.tenthOfMinimum()).isEqualTo(sweep.at(40) / 10, within(1e-12));
        // the fall: 21 losses that end at step 40, so from 40 - 21 = 19; 19 + int(7) + int(3.5)
        assertThat(found.valley()).isEqualTo(sweep.at(29), within(1e-12));
    }

    @Test
    void ofATriangleOnlyTheWayUpCounts() {
        RateSweep sweep = new RateSweep(Kind.TRIANGULAR, 0.001, 1, 101); // up to step 50
        SweepCurve curve = curve(sweep, i -> i <= 30 ? 100 - i : i <= 50 ? 70 + (i - 30) : 90 - 1.5 * (i - 50));

        assertThat(RateSuggestions.of(curve).tenthOfMinimum()).isEqualTo(sweep.at(30) / 10, within(1e-12));
    }

    @Test
    void theLastStepsBeforeDivergingDoNotCount() {
        RateSweep sweep = new RateSweep(Kind.EXPONENTIAL, 1e-6, 1, 61);
        SweepCurve curve = curve(sweep, i -> i < 38 ? 50 - i : i < 39 ? 2 : 500);

        assertThat(curve.diverged()).isTrue();
        assertThat(curve.size()).isEqualTo(40);
        assertThat(RateSuggestions.of(curve).tenthOfMinimum()).isEqualTo(sweep.at(34) / 10, within(1e-12));
    }

    @Test
    void ofTwoSweepsTheOriginalsRuleTakesTheLarger() {
        SweepCurve low = curve(new RateSweep(Kind.EXPONENTIAL, 1e-6, 1, 61), i -> Math.abs(i - 30) + 50);
        SweepCurve high = curve(new RateSweep(Kind.EXPONENTIAL, 1e-6, 1, 61), i -> Math.abs(i - 40) + 50);

        assertThat(SweepResult.of(List.of(low, high), 0.003).byTheOriginalsRule())
                .isEqualTo(1e-3, within(1e-9)); // 1e-6 * 10^4 / 10
    }

    @Test
    void saysSoWhenTheLossRunsAwayAtOnce() {
        SweepCurve curve = curve(new RateSweep(Kind.EXPONENTIAL, 1, 10, 40), i -> Math.pow(2, i));

        assertThat(RateSuggestions.of(curve).problem()).contains("ran away after", "lower rates");
    }

    /** Batches of one network that does not learn: their losses differ by chance. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9, 0.98})
    void aLossThatMovesByChanceAloneSuggestsNothing(double smoothing) {
        int known = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            SweepCurve curve = new SweepCurve(new RateSweep(Kind.EXPONENTIAL, 1e-12, 1e-9, 200), smoothing);
            while (curve.add(9 + 0.3 * random.nextGaussian())) {
                assertThat(curve.diverged()).isFalse();
            }
            RateSuggestions found = RateSuggestions.of(curve);
            known += found.known() ? 1 : 0;
            if (!found.known()) {
                assertThat(found.problem()).contains("chance alone", "--to", "--steps");
                assertThat(found.valley()).isNaN();
            }
        }

        assertThat(known).as("of 500 sweeps").isLessThanOrEqualTo(10);
    }

    @Test
    void aLossThatOnlyRisesSuggestsNothing() {
        SweepCurve curve = curve(new RateSweep(Kind.EXPONENTIAL, 0.1, 10, 40), i -> 5 + 0.1 * i);

        assertThat(RateSuggestions.of(curve).known()).isFalse();
    }

    /** The same noise on a loss that falls by a fifth. */
    @Test
    void aFallAmongNoiseIsSeen() {
        Random random = new Random(3);
        SweepCurve curve = new SweepCurve(new RateSweep(Kind.EXPONENTIAL, 1e-7, 10, 200), 0.9);
        int step = 0;
        while (curve.add(9 - 1.8 / (1 + Math.exp((120 - step) / 8.0)) + 0.3 * random.nextGaussian())) {
            step++;
        }

        assertThat(RateSuggestions.of(curve).known()).isTrue();
    }

    @Test
    void whatOneSweepDoesNotSuggestTheOtherMay() {
        SweepCurve flat = curve(new RateSweep(Kind.EXPONENTIAL, 1e-6, 1, 61), i -> 50);
        SweepCurve good = curve(new RateSweep(Kind.TRIANGULAR, 1e-6, 1, 121), i -> Math.abs(i - 40) + 50);

        SweepResult none = SweepResult.of(List.of(flat), 0.003);
        SweepResult one = SweepResult.of(List.of(flat, good), 0.003);

        assertThat(none.known()).isFalse();
        assertThat(none.toText())
                .contains("-", "The exponential sweep suggests nothing")
                .doesNotContain("NaN");
        assertThat(none.toJson()).containsEntry("byTheOriginalsRule", null);
        assertThat(one.known()).isTrue();
        assertThat(one.summary()).contains("The exponential sweep suggests nothing", "--learning-rate");
        assertThat(one.byTheOriginalsRule()).isEqualTo(one.suggestions().get(1).tenthOfMinimum());
    }

    @Test
    void refusesRatesThatDoNotRise() {
        assertThatThrownBy(() -> new RateSweep(Kind.EXPONENTIAL, 1, 1, 50)).hasMessageContaining("0 < from < to");
        assertThatThrownBy(() -> new RateSweep(Kind.EXPONENTIAL, 0, 1, 50)).hasMessageContaining("0 < from < to");
    }

    private static SweepCurve curve(RateSweep sweep, IntToDoubleFunction loss) {
        SweepCurve curve = new SweepCurve(sweep, 0);
        int step = 0;
        while (curve.add(loss.applyAsDouble(step))) {
            step++;
        }
        return curve;
    }
}
