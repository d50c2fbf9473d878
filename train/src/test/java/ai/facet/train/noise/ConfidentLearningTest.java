package ai.facet.train.noise;

import static org.assertj.core.api.Assertions.assertThat;
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
}
