package ai.facet.train.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidentLearningTest {
    private static final int CLASSES = 3;

    /** Thresholds by hand: class 0 (0.9 + 0.8 + 0.1) / 3 = 0.6, class 1 (0.7 + 0.9) / 2 = 0.8, class 2 has no row. */
    @Test
    void countsByHand() {
        int[] labels = {0, 0, 0, 1, 1, -1};
        float[] probabilities = {
            0.9f,
            0.1f,
            0, //
            0.8f,
            0.1f,
            0.1f, //
            0.1f,
            0.85f,
            0.05f, // labelled 0, confident of 1
            0.3f,
            0.7f,
            0, // below the threshold of 1: not counted
            0.1f,
            0.9f,
            0, //
            0,
            0,
            1 // has no label
        };

        ConfidentLearning found = ConfidentLearning.of(CLASSES, labels, probabilities);

        assertThat(found.suspects()).hasSize(1);
        assertThat(found.suspects().get(0).row()).isEqualTo(2);
        assertThat(found.suspects().get(0).suggested()).isEqualTo(1);
        assertThat(found.suspects().get(0).margin()).isEqualTo(0.75, within(1e-6));
        assertThat(found.labelled()).containsExactly(3, 2, 0);
        assertThat(found.wrongShares()[0]).isEqualTo(1 / 3.0, within(1e-9));
        assertThat(found.wrongShares()[1]).isZero();
        assertThat(found.wrongShares()[2]).isNaN();
        assertThat(found.wrongShare()).isEqualTo(1 / 5.0, within(1e-9));
        assertThat(found.right()).isEqualTo(4);
        assertThat(found.majorityRate()).isEqualTo(0.6, within(1e-9));
    }

    @Test
    void findsFlippedLabelsAndTheirShare() {
        Random random = new Random(7);
        int rows = 4000;
        int[] labels = new int[rows];
        boolean[] flipped = new boolean[rows];
        float[] probabilities = new float[rows * CLASSES];
        for (int i = 0; i < rows; i++) {
            int truth = i % CLASSES;
            fill(probabilities, i * CLASSES, truth, random);
            flipped[i] = random.nextDouble() < 0.05;
            labels[i] = flipped[i] ? (truth + 1 + random.nextInt(2)) % CLASSES : truth;
        }

        ConfidentLearning found = ConfidentLearning.of(CLASSES, labels, probabilities);
        long hits = found.suspects().stream().filter(s -> flipped[s.row()]).count();
        int all = 0;
        for (boolean flip : flipped) {
            all += flip ? 1 : 0;
        }

        assertThat((double) hits / all).as("recall").isGreaterThan(0.85);
        assertThat((double) hits / found.suspects().size()).as("precision").isGreaterThan(0.8);
        assertThat(found.wrongShare()).isEqualTo((double) all / rows, within(0.02));
        assertThat(found.suspects().subList(0, 50)).allMatch(s -> flipped[s.row()]);
    }

    /** A network that is right nine times in ten, and mostly unsure where it is wrong. */
    private static void fill(float[] probabilities, int at, int truth, Random random) {
        double[] scores = new double[CLASSES];
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            scores[c] = Math.exp(random.nextGaussian() + (c == truth ? 3 : 0));
            sum += scores[c];
        }
        for (int c = 0; c < CLASSES; c++) {
            probabilities[at + c] = (float) (scores[c] / sum);
        }
    }

    @Test
    void cleanLabelsAreLeftAlone() {
        int[] labels = new int[300];
        float[] probabilities = new float[300 * CLASSES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
            for (int c = 0; c < CLASSES; c++) {
                probabilities[i * CLASSES + c] = c == labels[i] ? 0.8f : 0.1f;
            }
        }

        ConfidentLearning found = ConfidentLearning.of(CLASSES, labels, probabilities);

        assertThat(found.suspects()).isEmpty();
        assertThat(found.wrongShare()).isZero();
    }

    /**
     * Class 2 has one row, of which the network gives it 2 %: so its threshold is 0.02, which half of the rows of class 0
     * reach by chance, though the network agrees with their label, only less than on average.
     */
    @Test
    void agreementIsNoContradictionHoweverLowARareClassesMean() {
        int[] labels = {0, 0, 0, 0, 1, 1, 2};
        float[] probabilities = {
            0.9f, 0.1f, 0, //
            0.9f, 0.1f, 0, //
            0.6f, 0.37f, 0.03f, // agrees, below the mean 0.75: counts for no class
            0.6f, 0.37f, 0.03f, //
            0.2f, 0.8f, 0, //
            0.2f, 0.8f, 0, //
            0.49f, 0.49f, 0.02f,
        };

        ConfidentLearning found = ConfidentLearning.of(CLASSES, labels, probabilities);

        assertThat(found.wrongShares()[0]).isZero();
        assertThat(found.suspects()).isEmpty();
        assertThat(found.right()).isEqualTo(6);
    }

    /** Two rows of class 0 are answered 1, but below the mean of 1, while class 2's tiny mean is reached. */
    @Test
    void suggestsOnlyWhatTheNetworkAnswers() {
        int[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 2};
        float[] probabilities = {
            0.9f, 0.1f, 0, //
            0.3f, 0.6f, 0.1f, //
            0.3f, 0.6f, 0.1f, //
            0.1f, 0.85f, 0.05f, // confident of 1
            0.9f, 0.1f, 0, //
            0.9f, 0.1f, 0, //
            0.2f, 0.8f, 0, //
            0.2f, 0.8f, 0, //
            0.95f, 0, 0.05f,
        };

        ConfidentLearning found = ConfidentLearning.of(CLASSES, labels, probabilities);

        assertThat(found.suspects())
                .extracting(ConfidentLearning.Suspect::row, ConfidentLearning.Suspect::suggested)
                .containsExactly(tuple(8, 0), tuple(3, 1), tuple(1, 1)); // 1.5 of six rows are wrong: two
        assertThat(found.wrongShares()[0]).isEqualTo(1 / 4.0, within(1e-9));
    }
}
