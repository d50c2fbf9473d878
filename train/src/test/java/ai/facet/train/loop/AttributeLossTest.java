package ai.facet.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.TorchEngine;
import java.util.List;
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
            collector.backward(
                    new AttributeLoss(new SoftTargets(SCHEMA, 0)).of(new NDList(colour, shape), LABELS, manager));
        }

        float[] gradient = colour.getGradient().toFloatArray();

        assertThat(gradient[3]).isZero();
        assertThat(gradient[5]).isZero();
        assertThat(gradient[6]).isEqualTo(1f / 6, within(1e-6f)); // (1/3 - 0) / 2 labelled pictures
        assertThat(gradient[8]).isEqualTo(-1f / 3, within(1e-6f)); // (1/3 - 1) / 2
    }

    @Test
    void rejectsSmoothingOfOne() {
        assertThatThrownBy(() -> new SoftTargets(SCHEMA, 1)).hasMessageContaining("expected 0 to below 1");
    }

    private float loss(double smoothing, int[][] labels) {
        NDList logits = new NDList(manager.create(COLOUR), manager.create(SHAPE));
        return new AttributeLoss(new SoftTargets(SCHEMA, smoothing))
                .of(logits, labels, manager)
                .getFloat();
    }
}
