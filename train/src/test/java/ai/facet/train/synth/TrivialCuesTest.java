package ai.facet.train.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The drawn persons must not be solved by a glance: a linear classifier on the mean colour and a thumbnail of 4x4 pixels
 * stays near the majority on at least five attributes.
 */
class TrivialCuesTest {
    private static final int SIZE_PX = 48;
    private static final int THUMBNAIL = 4;
    private static final int FEATURES = 3 + 3 * THUMBNAIL * THUMBNAIL + 1;
    private static final int EPOCHS = 60;
    private static final double RATE = 0.05;

    /** What a glance sees, and the labels. */
    private record Glance(double[] features, PersonTraits traits) {}

    @Test
    void aGlanceIsNotEnough() {
        List<Glance> train = draw(1, 1200);
        List<Glance> test = draw(2, 600);
        Map<String, Double> gains = new TreeMap<>();

        for (Attributes attribute : Attributes.values()) {
            gains.put(attribute.title(), accuracy(attribute, train, test) - majority(attribute, test));
        }

        assertThat(gains.values().stream().filter(gain -> gain <= 0.10).count())
                .as("accuracy above the majority: %s", gains)
                .isGreaterThanOrEqualTo(5);
    }

    private static List<Glance> draw(long seed, int count) {
        PersonRenderer renderer = new PersonRenderer(seed, SIZE_PX);
        List<Glance> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SynthImage person = renderer.render(i);
            images.add(new Glance(features(person.image()), person.traits()));
        }
        return images;
    }

    /** Multinomial logistic regression by stochastic gradient descent. */
    private static double accuracy(Attributes attribute, List<Glance> train, List<Glance> test) {
        double[][] weights = new double[attribute.classes().size()][FEATURES];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (Glance image : train) {
                step(weights, image.features(), label(attribute, image));
            }
        }
        long right = test.stream()
                .filter(i -> best(scores(weights, i.features())) == label(attribute, i))
                .count();
        return (double) right / test.size();
    }

    private static void step(double[][] weights, double[] x, int label) {
        double[] p = scores(weights, x);
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = Math.exp(p[c]);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            double error = p[c] / sum - (c == label ? 1 : 0);
            for (int f = 0; f < FEATURES; f++) {
                weights[c][f] -= RATE * error * x[f];
            }
        }
    }

    private static double[] scores(double[][] weights, double[] x) {
        double[] scores = new double[weights.length];
        for (int c = 0; c < scores.length; c++) {
            for (int f = 0; f < FEATURES; f++) {
                scores[c] += weights[c][f] * x[f];
            }
        }
        return scores;
    }

    /** Mean colour, thumbnail and a constant, about -1 to 1. */
    private static double[] features(BufferedImage image) {
        double[] features = new double[FEATURES];
        int cell = SIZE_PX / THUMBNAIL;
        for (int y = 0; y < SIZE_PX; y++) {
            for (int x = 0; x < SIZE_PX; x++) {
                int rgb = image.getRGB(x, y);
                int thumb = 3 + 3 * (y / cell * THUMBNAIL + x / cell);
                for (int c = 0; c < 3; c++) {
                    double value = ((rgb >> (16 - 8 * c) & 0xFF) - 127.5) / 127.5;
                    features[c] += value / (SIZE_PX * SIZE_PX);
                    features[thumb + c] += value / (cell * cell);
                }
            }
        }
        features[FEATURES - 1] = 1;
        return features;
    }

    private static double majority(Attributes attribute, List<Glance> images) {
        int[] counts = new int[attribute.classes().size()];
        images.forEach(i -> counts[label(attribute, i)]++);
        int most = 0;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        return (double) most / images.size();
    }

    private static int label(Attributes attribute, Glance image) {
        return attribute.classes().indexOf(image.traits().className(attribute));
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
