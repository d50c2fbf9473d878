package ai.facet.train.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.facet.train.config.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UncertaintyWeightsTest {
    private NDManager manager;

    @BeforeEach
    void openManager() {
        TorchEngine.start(1);
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** The smallest value of exp(-s) L + s / 2 lies at s = log(2 L), so the factor is 1 / (2 L). */
    @Test
    void constantLossesLeadToTheClosedForm() {
        UncertaintyWeights weights = new UncertaintyWeights(3, new OptimizerState(manager), manager);
        assertThat(weights.factors()).containsExactly(1.0, 1.0, 1.0);

        learn(weights, 0, 2000, 1.6f, 0.2f, 0.5f);

        assertThat(weights.factors().get(0)).isEqualTo(1 / 3.2, within(2e-3));
        assertThat(weights.factors().get(1)).isEqualTo(1 / 0.4, within(2e-2));
        assertThat(weights.factors().get(2)).isEqualTo(1, within(1e-3));
    }

    /** Adam by hand in double precision with the slope taken by central differences of the objective. */
    @Test
    void stepsEqualAdamOnTheDifferentiatedObjective() {
        float[] losses = {1.6f, 0.2f};
        UncertaintyWeights weights = new UncertaintyWeights(2, new OptimizerState(manager), manager);
        double[] s = new double[2];
        double[] mean = new double[2];
        double[] square = new double[2];
        for (int step = 0; step < 25; step++) {
            losses[0] *= 0.9f; // the network learns
            learn(weights, step, step + 1, losses);
            for (int a = 0; a < 2; a++) {
                double slope = (objective(s[a] + 1e-5, losses[a]) - objective(s[a] - 1e-5, losses[a])) / 2e-5;
                mean[a] = 0.9 * mean[a] + 0.1 * slope;
                square[a] = 0.999 * square[a] + 0.001 * slope * slope;
                double root = Math.sqrt(square[a] / (1 - Math.pow(0.999, step + 1))) + 1e-8;
                s[a] -= UncertaintyWeights.RATE * mean[a] / (1 - Math.pow(0.9, step + 1)) / root;
            }
        }

        assertThat(weights.factors().get(0)).isEqualTo(Math.exp(-s[0]), within(1e-4));
        assertThat(weights.factors().get(1)).isEqualTo(Math.exp(-s[1]), within(1e-4));
        assertThat(s[0]).isGreaterThan(0.05); // it did move
    }

    private static double objective(double s, double loss) {
        return Math.exp(-s) * loss + s / 2;
    }

    @Test
    void theNetworksGradientIsScaledByTheFactors() {
        UncertaintyWeights weights = new UncertaintyWeights(2, new OptimizerState(manager), manager);
        learn(weights, 0, 60, 1.6f, 0.2f);
        NDArray x = manager.create(new float[] {2, 3});
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray first = x.get("0").mul(5);
            NDArray second = x.get("1").mul(7);
            collector.backward(
                    UncertaintyWeights.weigh(NDArrays.stack(new NDList(first, second)), weights.on(manager)));
        }

        assertThat((double) x.getGradient().getFloat(0))
                .isEqualTo(5 * weights.factors().get(0), within(1e-5));
        assertThat((double) x.getGradient().getFloat(1))
                .isEqualTo(7 * weights.factors().get(1), within(1e-5));
        assertThat(weights.factors().get(0)).isLessThan(0.8);
        assertThat(weights.factors().get(1)).isGreaterThan(1.3);
    }

    @Test
    void partsOfABatchAddUpAndAnAttributeWithoutLabelsStays() {
        UncertaintyWeights whole = new UncertaintyWeights(2, new OptimizerState(manager), manager);
        UncertaintyWeights parts = new UncertaintyWeights(2, new OptimizerState(manager), manager);
        whole.add(losses(1.5f, 0));
        whole.update(new float[] {1, 0}, 0, manager.newSubManager());
        parts.add(losses(0.5f, 0));
        parts.add(losses(1.0f, 0));
        parts.update(new float[] {1, 0}, 0, manager.newSubManager());

        assertThat(parts.factors()).isEqualTo(whole.factors());
        assertThat(whole.factors().get(0)).isLessThan(1);
        assertThat(whole.factors().get(1)).isEqualTo(1);
    }

    @Test
    void vanishingLossesDoNotBlowUpTheWeights() {
        UncertaintyWeights weights = new UncertaintyWeights(1, new OptimizerState(manager), manager);
        learn(weights, 0, 1500, 0f);

        assertThat(weights.factors().get(0)).isEqualTo(Math.exp(UncertaintyWeights.BOUND), within(1e-3));
    }

    @Test
    void storedWeightsGoOnToTheBit() {
        UncertaintyWeights unbroken = new UncertaintyWeights(2, new OptimizerState(manager), manager);
        learn(unbroken, 0, 20, 1.6f, 0.2f);
        OptimizerState first = new OptimizerState(manager);
        learn(new UncertaintyWeights(2, first, manager), 0, 8, 1.6f, 0.2f);
        OptimizerState second = new OptimizerState(manager);
        first.forEach((name, array) -> second.restore(name, array.duplicate()));
        UncertaintyWeights resumed = new UncertaintyWeights(2, second, manager);
        learn(resumed, 8, 20, 1.6f, 0.2f);

        assertThat(resumed.factors()).isEqualTo(unbroken.factors());
    }

    private void learn(UncertaintyWeights weights, int from, int to, float... losses) {
        for (int step = from; step < to; step++) {
            try (NDManager batch = manager.newSubManager()) {
                weights.add(losses(losses));
                float[] present = new float[losses.length];
                java.util.Arrays.fill(present, 1);
                weights.update(present, step, batch);
            }
        }
    }

    private NDArray losses(float... values) {
        return manager.create(values);
    }
}
