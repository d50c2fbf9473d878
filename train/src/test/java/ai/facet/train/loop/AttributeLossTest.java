package ai.facet.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.LossConfig;
import ai.facet.train.config.TorchEngine;
import ai.facet.train.input.HostBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttributeLossTest {
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            Attribute.ofTitle("colour", List.of("red", "green", "blue")),
            Attribute.ofTitle("shape", List.of("disc", "square"))));
    private static final float[][] COLOUR = {{1, 2, -1}, {0.5f, 0, 3}, {0, 0, 0}};
    private static final float[][] SHAPE = {{0, 1}, {2, -2}, {1, 1.5f}};
    private static final int[][] LABELS = {{1, 0}, {-1, 1}, {2, -1}};

    private static final ClassCounts COUNTS = new ClassCounts(new long[][] {{6, 3, 1}, {5, 5}});
    private static final double SHAPE_LOSS = (Math.log(1 + Math.exp(1)) + Math.log(Math.exp(2) + Math.exp(-2)) + 2) / 2;

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

    @Test
    void isTheSumOfMeanCrossEntropiesOverLabelledPictures() {
        double colour = (-Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(-1))) + Math.log(3)) / 2;
        double shape = (Math.log(1 + Math.exp(1)) + Math.log(Math.exp(2) + Math.exp(-2)) + 2) / 2;

        assertThat(loss(0, LABELS)).isEqualTo((float) (colour + shape), within(1e-5f));
        assertThat(loss(0, LABELS)).isEqualTo(3.3895178f, within(1e-5f)); // PyTorch's cross_entropy, ignore_index
    }

    @Test
    void smoothingEqualsPyTorch() {
        assertThat(loss(0.1, LABELS)).isEqualTo(3.3311844f, within(1e-5f));
    }

    @Test
    void aBatchWithoutAnyLabelOfAnAttributeAddsNothing() {
        float both = loss(0, new int[][] {{1, 0}, {1, 1}, {2, 1}});
        float shapeOnly = loss(0, new int[][] {{-1, 0}, {-1, 1}, {-1, 1}});
        float colourOnly = loss(0, new int[][] {{1, -1}, {1, -1}, {2, -1}});

        assertThat(both).isEqualTo(shapeOnly + colourOnly, within(1e-5f));
        assertThat(loss(0, new int[][] {{-1, -1}, {-1, -1}, {-1, -1}})).isZero();
    }

    @Test
    void missingLabelsHaveNoGradient() {
        NDArray colour = manager.create(COLOUR);
        NDArray shape = manager.create(SHAPE);
        colour.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(new AttributeLoss(new SoftTargets(SCHEMA, 0))
                    .of(new NDList(colour, shape), batch(LABELS), manager));
        }

        float[] gradient = colour.getGradient().toFloatArray();

        assertThat(gradient[3]).isZero();
        assertThat(gradient[5]).isZero();
        assertThat(gradient[6]).isEqualTo(1f / 6, within(1e-6f)); // (1/3 - 0) / 2 labelled pictures
        assertThat(gradient[8]).isEqualTo(-1f / 3, within(1e-6f)); // (1/3 - 1) / 2
    }

    /** torch: sum of w[y] * cross_entropy(reduction="none") / labelled, with the weights below. */
    @Test
    void rareClassesCountMore() {
        ClassCounts counts = new ClassCounts(new long[][] {{6, 3, 1}, {5, 5}});
        LossConfig inverse = new LossConfig(0, ClassWeighting.INVERSE, 0, 0, Map.of());
        double[] weights = {10 / 18.0, 10 / 9.0, 10 / 3.0}; // 1 / n, mean over pictures 1
        double first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(-1)) - 2;
        double colour = (weights[1] * first + weights[2] * Math.log(3)) / 2;

        assertThat(ClassWeighting.INVERSE.weights(new long[] {6, 3, 1})).containsExactly(weights, within(1e-9));
        assertThat(loss(inverse, counts)).isEqualTo((float) (colour + SHAPE_LOSS), within(1e-5f));
    }

    /** Cui et al., 2019: weights are proportional to (1 - beta) / (1 - beta^n). */
    @Test
    void effectiveNumbersLieBetweenNoneAndInverse() {
        double[] weights = ClassWeighting.EFFECTIVE.weights(new long[] {10_000, 100});
        double ratio = (1 - Math.pow(0.999, 10_000)) / (1 - Math.pow(0.999, 100));

        assertThat(weights[1] / weights[0]).isEqualTo(ratio, within(1e-6)).isBetween(1.0, 100.0);
        assertThat((weights[0] * 10_000 + weights[1] * 100) / 10_100).isEqualTo(1, within(1e-9));
        assertThat(ClassWeighting.INVERSE.weights(new long[] {4, 0})).containsExactly(1, 1);
    }

    @Test
    void focalLossEqualsItsFormula() {
        LossConfig focal = new LossConfig(0, ClassWeighting.NONE, 2, 0, Map.of("shape", 0.0));
        double p = Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(-1));
        double colour = -(Math.pow(1 - p, 2) * Math.log(p) + Math.pow(2 / 3.0, 2) * Math.log(1 / 3.0)) / 2;

        assertThat(loss(focal, COUNTS)).isEqualTo((float) colour, within(1e-5f));
    }

    @Test
    void focalLossOfACertainAnswerHasAFiniteGradient() {
        NDArray colour = manager.create(new float[][] {{50, 0, 0}});
        colour.setRequiresGradient(true);
        LossConfig focal = new LossConfig(0, ClassWeighting.NONE, 0.5, 0, Map.of());
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(AttributeLoss.of(SCHEMA, focal, COUNTS, manager)
                    .of(new NDList(colour, manager.zeros(new Shape(1, 2))), batch(new int[][] {{0, -1}}), manager));
        }

        for (float slope : colour.getGradient().toFloatArray()) {
            assertThat(slope).isFinite();
        }
    }

    /** Menon et al., 2021, equation 10: cross-entropy of logits plus tau times the log share of each class. */
    @Test
    void logitAdjustmentAddsTheLogOfEachShare() {
        LossConfig adjusted = new LossConfig(0, ClassWeighting.NONE, 0, 0.5, Map.of("shape", 0.0));
        double[] share = {7 / 13.0, 4 / 13.0, 2 / 13.0}; // (n + 1) / (all + classes)
        double[][] scores = {{1, 2, -1}, {0, 0, 0}};
        int[] labels = {1, 2};
        double colour = 0;
        for (int i = 0; i < 2; i++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.exp(scores[i][c] + 0.5 * Math.log(share[c]));
            }
            colour += (Math.log(sum) - scores[i][labels[i]] - 0.5 * Math.log(share[labels[i]])) / 2;
        }

        assertThat(loss(adjusted, COUNTS)).isEqualTo((float) colour, within(1e-5f));
    }

    @Test
    void attributesCountAsMuchAsAskedFor() {
        LossConfig twice = new LossConfig(0, ClassWeighting.NONE, 0, 0, Map.of("shape", 2.0));

        assertThat(loss(twice, COUNTS)).isEqualTo((float) (loss(0, LABELS) + SHAPE_LOSS), within(1e-5f));
        assertThatThrownBy(() -> new LossConfig(0, ClassWeighting.NONE, 0, 0, Map.of("size", 2.0)).requireKnown(SCHEMA))
                .hasMessageContainingAll("--attribute-weight size", "colour", "shape");
    }

    /** Every means at once against central differences. */
    @Test
    void gradientsEqualFiniteDifferences() {
        LossConfig all = new LossConfig(0.1, ClassWeighting.INVERSE, 2, 0.7, Map.of("colour", 1.5));
        AttributeLoss loss = AttributeLoss.of(SCHEMA, all, COUNTS, manager);
        NDArray shape = manager.create(SHAPE);
        NDArray colour = manager.create(COLOUR);
        colour.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(loss.of(new NDList(colour, shape), batch(LABELS), manager));
        }
        float[] gradient = colour.getGradient().toFloatArray();
        float step = 1e-2f;
        for (int i = 0; i < gradient.length; i++) {
            float[][] up = {COLOUR[0].clone(), COLOUR[1].clone(), COLOUR[2].clone()};
            float[][] down = {COLOUR[0].clone(), COLOUR[1].clone(), COLOUR[2].clone()};
            up[i / 3][i % 3] += step;
            down[i / 3][i % 3] -= step;
            double difference = loss.of(new NDList(manager.create(up), shape), batch(LABELS), manager)
                            .getFloat()
                    - loss.of(new NDList(manager.create(down), shape), batch(LABELS), manager)
                            .getFloat();

            assertThat(gradient[i]).as("logit %d", i).isEqualTo((float) (difference / (2 * step)), within(2e-4f));
        }
    }

    private float loss(LossConfig config, ClassCounts counts) {
        NDList logits = new NDList(manager.create(COLOUR), manager.create(SHAPE));
        return AttributeLoss.of(SCHEMA, config, counts, manager)
                .of(logits, batch(LABELS), manager)
                .getFloat();
    }

    @Test
    void rejectsSmoothingOfOne() {
        assertThatThrownBy(() -> new SoftTargets(SCHEMA, 1)).hasMessageContaining("expected 0 to below 1");
    }

    private float loss(double smoothing, int[][] labels) {
        NDList logits = new NDList(manager.create(COLOUR), manager.create(SHAPE));
        return new AttributeLoss(new SoftTargets(SCHEMA, smoothing))
                .of(logits, batch(labels), manager)
                .getFloat();
    }

    @Test
    void aMixedPicturesLossIsThatOfBothInProportion() {
        int[][] own = {{1, 0}, {0, 1}, {2, 1}};
        int[][] other = {{2, 1}, {0, 1}, {1, 0}};

        assertThat(loss(new HostBatch(ByteBuffer.allocate(0), own, new HostBatch.Mixed(other, 0.75))))
                .isEqualTo(0.75f * loss(0, own) + 0.25f * loss(0, other), within(1e-5f));
    }

    @Test
    void ofAMixedPictureOnlyThePartWithALabelCounts() {
        int[][] own = {{1, -1}, {-1, -1}, {-1, -1}};
        int[][] other = {{-1, -1}, {2, -1}, {-1, -1}};
        double first = -Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(-1)));
        double second = -Math.log(Math.exp(3) / (Math.exp(0.5) + 1 + Math.exp(3)));

        assertThat(loss(new HostBatch(ByteBuffer.allocate(0), own, new HostBatch.Mixed(other, 0.6))))
                .isEqualTo((float) ((0.6 * first + 0.4 * second) / (0.6 + 0.4)), within(1e-5f));
        assertThat(loss(new HostBatch(ByteBuffer.allocate(0), own, new HostBatch.Mixed(other, 0))))
                .isEqualTo((float) second, within(1e-5f));
    }

    private float loss(HostBatch batch) {
        NDList logits = new NDList(manager.create(COLOUR), manager.create(SHAPE));
        return new AttributeLoss(new SoftTargets(SCHEMA, 0))
                .of(logits, batch, manager)
                .getFloat();
    }

    private static HostBatch batch(int[][] labels) {
        return new HostBatch(ByteBuffer.allocate(0), labels);
    }
}
