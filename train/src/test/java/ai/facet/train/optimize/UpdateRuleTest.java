package ai.facet.train.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.facet.train.config.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Expected numbers: the same trajectory in Python with PyTorch 2.13. */
class UpdateRuleTest {
    private static final float[] START = {0.5f, -1.25f, 2.0f, 0.03125f};
    private static final float[][] GRADIENTS = {
        {0.1f, -0.2f, 0.3f, 0.4f}, {-0.5f, 0.25f, 0.125f, -1.0f}, {2.0f, -1.0f, 0.5f, 0.75f}
    };
    private static final double[] RATES = {0.1, 0.05, 0.2};

    private NDManager manager;

    @BeforeEach
    void openManager() {
        TorchEngine.start(1);
        JniUtils.setGradMode(false);
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void sgdFollowsPyTorch() {
        // torch.optim.SGD(momentum=.9, weight_decay=.01)
        float[] weights = trajectory(state -> new Sgd(0.9, 0.01, state), true);

        assertThat(weights)
                .containsExactly(new float[] {0.18062007f, -1.0369742f, 1.764591f, -0.011672155f}, within(1e-6f));
    }

    @Test
    void adamWFollowsPyTorch() {
        // torch.optim.AdamW(weight_decay=.05)
        float[] weights = trajectory(state -> new AdamW(0.05, state), true);

        assertThat(weights)
                .containsExactly(new float[] {0.3211956f, -1.0235167f, 1.6382989f, -0.06310196f}, within(1e-6f));
    }

    @Test
    void decaySparesParametersThatMustNotShrink() {
        float[] spared = trajectory(state -> new AdamW(0.05, state), false);
        float[] withoutDecay = trajectory(state -> new AdamW(0, state), true);

        assertThat(spared).containsExactly(withoutDecay);
    }

    @Test
    void clippingScalesAllGradientsTogether() {
        // torch.nn.utils.clip_grad_norm_ to 2 on (3, 0) and (4): (1.2, 0) and (1.6)
        NDArray first = parameter(new float[] {0, 0});
        NDArray second = parameter(new float[] {0});
        ParameterUpdate update = new ParameterUpdate(
                List.of(new TrainableParameter("a", first, true), new TrainableParameter("b", second, true)),
                new Sgd(0, 0, new OptimizerState(manager)),
                2,
                manager);

        setGradient(first, new float[] {3, 0});
        setGradient(second, new float[] {4});
        apply(update, 1, 0);

        assertThat(first.toFloatArray()).containsExactly(new float[] {-1.2f, 0}, within(1e-5f));
        assertThat(second.toFloatArray()).containsExactly(new float[] {-1.6f}, within(1e-5f));
    }

    @Test
    void smallGradientsAreNotStretched() {
        NDArray weights = parameter(new float[] {0});
        ParameterUpdate update = new ParameterUpdate(
                List.of(new TrainableParameter("a", weights, true)),
                new Sgd(0, 0, new OptimizerState(manager)),
                2,
                manager);

        setGradient(weights, new float[] {0.5f});
        apply(update, 1, 0);

        assertThat(weights.toFloatArray()).containsExactly(-0.5f);
    }

    @Test
    void restoredStateGoesOnLikeTheOriginal() {
        float[] unbroken = trajectory(state -> new AdamW(0.05, state), true);
        NDArray weights = parameter(START);
        OptimizerState before = new OptimizerState(manager);
        run(weights, new AdamW(0.05, before), 0, 2, true);
        OptimizerState after = new OptimizerState(manager);
        before.forEach((name, tensor) -> after.restore(name, tensor.duplicate()));

        run(weights, new AdamW(0.05, after), 2, 3, true);

        assertThat(weights.toFloatArray()).containsExactly(unbroken);
    }

    @Test
    void namesStandInOneOrderBeforeAndAfterAStep() {
        OptimizerState state = new OptimizerState(manager);
        ParameterUpdate update = new ParameterUpdate(
                List.of(
                        new TrainableParameter("b", parameter(START), true),
                        new TrainableParameter("a", parameter(START), true)),
                new AdamW(0, state),
                0,
                manager);
        apply(update, 1, 0);
        List<String> computed = new ArrayList<>();
        OptimizerState copy = new OptimizerState(manager);
        state.forEach((name, tensor) -> {
            computed.add(name);
            copy.restore(name, tensor.duplicate());
        });
        List<String> restored = new ArrayList<>();
        copy.forEach((name, tensor) -> restored.add(name));

        assertThat(computed).containsExactly("mean/a", "mean/b", "square/a", "square/b");
        assertThat(restored).isEqualTo(computed);
    }

    @Test
    void averagesFollowTheClosedFormAndLeaveNoTrace() {
        double decay = 0.8;
        NDArray weights = parameter(START);
        NDArray statistics = manager.create(new float[] {1, 2});
        ParameterUpdate update = new ParameterUpdate(
                        List.of(new TrainableParameter("conv.weight", weights, true)),
                        new Sgd(0, 0, new OptimizerState(manager)),
                        0,
                        manager)
                .averaging(decay, List.of(new TrainableParameter("norm.mean", statistics, false, false)), manager);
        double[] expected = new double[START.length];
        double expectedStatistic = 0;
        for (int step = 0; step < 3; step++) {
            setGradient(weights, GRADIENTS[step]);
            statistics.addi(1);
            apply(update, RATES[step], step);
            double share = (1 - decay) * Math.pow(decay, 2 - step) / (1 - Math.pow(decay, 3));
            for (int i = 0; i < expected.length; i++) {
                expected[i] += share * weights.toFloatArray()[i];
            }
            expectedStatistic += share * statistics.toFloatArray()[0];
        }
        float[] own = weights.toFloatArray();

        ParameterUpdate.Averaged shown = update.averaged(3);
        float[] averages = weights.toFloatArray();
        float statistic = statistics.toFloatArray()[0];
        shown.close();

        for (int i = 0; i < expected.length; i++) {
            assertThat((double) averages[i]).isCloseTo(expected[i], within(1e-6));
        }
        assertThat((double) statistic).isCloseTo(expectedStatistic, within(1e-6));
        assertThat(weights.toFloatArray()).containsExactly(own);
        assertThat(statistics.toFloatArray()).containsExactly(4, 5);
    }

    private float[] trajectory(Function<OptimizerState, UpdateRule> rule, boolean decays) {
        NDArray weights = parameter(START);
        run(weights, rule.apply(new OptimizerState(manager)), 0, GRADIENTS.length, decays);
        return weights.toFloatArray();
    }

    private void run(NDArray weights, UpdateRule rule, int from, int to, boolean decays) {
        ParameterUpdate update =
                new ParameterUpdate(List.of(new TrainableParameter("conv.weight", weights, decays)), rule, 0, manager);
        for (int step = from; step < to; step++) {
            setGradient(weights, GRADIENTS[step]);
            apply(update, RATES[step], step);
        }
    }

    private void apply(ParameterUpdate update, double rate, long step) {
        try (NDManager batch = manager.newSubManager()) {
            update.apply(batch, rate, step);
        }
    }

    private NDArray parameter(float[] values) {
        NDArray array = manager.create(values);
        array.setRequiresGradient(true);
        return array;
    }

    /** The gradient of {@code sum(weights * values)} is {@code values}. */
    private void setGradient(NDArray weights, float[] values) {
        try (NDManager batch = manager.newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(weights.mul(batch.create(values)).sum());
        }
    }
}
