package ai.facet.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.facet.prediction.Softmax;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkCalibrationTest {
    private static final int CLASSES = 3;

    /** Labels are drawn from the softmax of true logits, so dividing those times T by T is best. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1, 2.5, 7})
    void findsTheTemperatureThatLogitsWereScaledBy(double temperature) {
        Drawn drawn = new Drawn(20_000, 1);

        double found = TemperatureScaling.fit(CLASSES, drawn.labels, drawn.scaledBy(temperature));

        assertThat(found).isEqualTo(temperature, within(0.03 * temperature));
    }

    @Test
    void isTheBestOfAGrid() {
        Drawn drawn = new Drawn(500, 2);
        float[] logits = drawn.scaledBy(3);
        double found = TemperatureScaling.fit(CLASSES, drawn.labels, logits);
        double best = logLoss(drawn.labels, logits, found);

        for (double other = 0.5; other < 10; other *= 1.05) {
            assertThat(logLoss(drawn.labels, logits, other)).isGreaterThan(best - 1e-4);
        }
    }

    @Test
    void aSetWithoutErrorsDoesNotAskForCertainty() {
        int[] labels = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        float[] logits = new float[30];
        for (int i = 0; i < 30; i += 3) {
            logits[i] = 2;
        }

        double temperature = TemperatureScaling.fit(CLASSES, labels, logits);

        float top = Softmax.of(new float[] {2, 0, 0}, temperature)[0];
        assertThat(top).isEqualTo(11 / 12f, within(1e-4f)); // 1 - 1 / (n + 2)
    }

    @Test
    void attributesWithoutLabelsStayAsTheyAre() {
        assertThat(TemperatureScaling.fit(CLASSES, new int[] {-1, -1}, new float[6]))
                .isEqualTo(1);
    }

    @Test
    void lowersTheCalibrationErrorOfATooSureNetworkOnFreshPictures() {
        AttributeSchema schema = new AttributeSchema(List.of(new Attribute("bag", "Bag", List.of("a", "b", "c"))));
        Drawn fitted = new Drawn(3000, 3);
        NetworkCalibration calibration =
                NetworkCalibration.fit(schema, fitted.rows(), new float[][] {fitted.scaledBy(4)}, 0);
        NetworkCalibration.Entry entry = calibration.attributes().get(0);

        assertThat(entry.before().calibrationError()).isGreaterThan(0.1);
        assertThat(entry.after().calibrationError()).isLessThan(0.04);
        Drawn fresh = new Drawn(3000, 4);
        Reliability reliability = Reliability.of(
                CLASSES,
                fresh.labels,
                Softmax.rows(CLASSES, fresh.scaledBy(4), entry.calibration().temperature()));
        for (Reliability.Bin bin : reliability.bins()) {
            double error = Math.sqrt(bin.accuracy() * (1 - bin.accuracy()) / bin.pictures());
            assertThat(bin.accuracy()).isEqualTo(bin.probability(), within(4 * error + 0.02));
        }
    }

    @Test
    void saysWhichAttributeAnswersNothingAndHowManyPicturesItTakes() {
        AttributeSchema schema = new AttributeSchema(List.of(new Attribute("bag", "Bag", List.of("a", "b", "c"))));
        int[][] rows = new int[56][1];
        float[] logits = new float[56 * CLASSES];
        for (int i = 0; i < logits.length; i += CLASSES) {
            logits[i] = 3;
        }

        NetworkCalibration silent = NetworkCalibration.fit(schema, rows, new float[][] {logits}, 0.1);
        int[][] oneMore = Arrays.copyOf(rows, 57);
        oneMore[56] = new int[1];
        float[] more = Arrays.copyOf(logits, 57 * CLASSES);
        more[56 * CLASSES] = 3;

        assertThat(silent.notes())
                .first()
                .asString()
                .startsWith("bag answers \"unsure\" to everything")
                .contains("below 10.0 % with 95 % confidence on 56 pictures", "at least 57 answers");
        assertThat(NetworkCalibration.fit(schema, oneMore, new float[][] {more}, 0.1)
                        .attributes())
                .first()
                .satisfies(entry -> assertThat(entry.coverage()).isEqualTo(1));
    }

    @Test
    void saysWhereTheCalibrationErrorRose() {
        AttributeSchema schema = new AttributeSchema(List.of(new Attribute("bag", "Bag", List.of("a", "b", "c"))));
        NetworkCalibration found = IntStream.range(0, 200)
                .mapToObj(seed -> new Drawn(60, seed))
                .map(drawn -> NetworkCalibration.fit(schema, drawn.rows(), new float[][] {drawn.scaledBy(1)}, 0))
                .filter(one -> one.attributes().get(0).after().calibrationError()
                        > one.attributes().get(0).before().calibrationError() + 0.005)
                .findFirst()
                .orElseThrow();

        assertThat(found.notes()).singleElement().asString().startsWith("the calibration error of bag rose.");
        assertThat(found.toText()).endsWith(found.notes().get(0) + "\n");
    }

    /** Expected: bisection on sums of exact binomial terms, in Python. */
    @ParameterizedTest
    @CsvSource({"0, 10, 0.05, 0.2588656", "3, 50, 0.05, 0.1478372", "120, 1000, 0.01, 0.1459294", "5, 5, 0.05, 1"})
    void binomialBoundsAreExact(int successes, int trials, double doubt, double expected) {
        assertThat(BinomialBound.upper(successes, trials, doubt)).isEqualTo(expected, within(1e-6));
    }

    @Test
    void theRiskHoldsOnFreshPictures() {
        int broken = 0;
        for (int seed = 0; seed < 40; seed++) {
            Drawn drawn = new Drawn(1000, 100 + seed);
            SelectiveRisk chosen = SelectiveRisk.choose(CLASSES, drawn.labels, drawn.probabilities(), 0.15);
            assertThat(chosen.coverage()).isBetween(0.05, 1.0);
            Drawn fresh = new Drawn(20_000, 1000 + seed);
            broken += fresh.errorRateAbove(chosen.unsureBelow()) > 0.15 ? 1 : 0;
        }
        assertThat(broken).as("of 40; 5 %% doubt allows 2").isLessThanOrEqualTo(4);
    }

    @Test
    void aSmallerRiskGivesFewerAnswers() {
        Drawn drawn = new Drawn(2000, 5);

        double strict = SelectiveRisk.choose(CLASSES, drawn.labels, drawn.probabilities(), 0.1)
                .coverage();
        double lax = SelectiveRisk.choose(CLASSES, drawn.labels, drawn.probabilities(), 0.2)
                .coverage();

        assertThat(strict).isLessThan(lax);
        assertThat(SelectiveRisk.choose(CLASSES, drawn.labels, drawn.probabilities(), 0)
                        .unsureBelow())
                .isZero();
        assertThat(SelectiveRisk.choose(CLASSES, drawn.labels, drawn.probabilities(), 1e-6)
                        .unsureBelow())
                .isEqualTo(1);
    }

    private static double logLoss(int[] labels, float[] logits, double temperature) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            float[] row = Arrays.copyOfRange(logits, i * CLASSES, (i + 1) * CLASSES);
            sum -= Math.log(Softmax.of(row, temperature)[labels[i]]);
        }
        return sum / labels.length;
    }

    /** Random logits, and labels drawn from their softmax. */
    private static final class Drawn {
        private final float[] logits;
        private final int[] labels;

        Drawn(int pictures, long seed) {
            Random random = new Random(seed);
            logits = new float[pictures * CLASSES];
            labels = new int[pictures];
            for (int i = 0; i < pictures; i++) {
                for (int c = 0; c < CLASSES; c++) {
                    logits[i * CLASSES + c] = (float) (2 * random.nextGaussian());
                }
                float[] p = Softmax.of(Arrays.copyOfRange(logits, i * CLASSES, (i + 1) * CLASSES), 1);
                double draw = random.nextDouble();
                labels[i] = draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
            }
        }

        float[] scaledBy(double factor) {
            float[] scaled = new float[logits.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = (float) (logits[i] * factor);
            }
            return scaled;
        }

        float[] probabilities() {
            return Softmax.rows(CLASSES, logits, 1);
        }

        int[][] rows() {
            return Arrays.stream(labels).mapToObj(label -> new int[] {label}).toArray(int[][]::new);
        }

        double errorRateAbove(double threshold) {
            float[] probabilities = probabilities();
            int given = 0;
            int wrong = 0;
            for (int i = 0; i < labels.length; i++) {
                int best = 0;
                for (int c = 1; c < CLASSES; c++) {
                    best = probabilities[i * CLASSES + c] > probabilities[i * CLASSES + best] ? c : best;
                }
                if (probabilities[i * CLASSES + best] >= threshold) {
                    given++;
                    wrong += best == labels[i] ? 0 : 1;
                }
            }
            return (double) wrong / given;
        }
    }
}
