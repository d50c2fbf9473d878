package ai.facet.export.int8;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.GlobalAveragePool;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.MaxPool;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Op;
import ai.facet.export.graph.Tensor;
import ai.facet.export.graph.Unary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuantizationPlanTest {
    private static final List<Long> SHAPE = List.of(Node.BATCH, 2L, 4L, 4L);
    private static final List<Long> ONES = List.of(1L, 1L);
    private static final Op CONV = new Convolution(ONES, List.of(0L, 0L), ONES, 1);
    private static final Op RELU = new Unary(Unary.Kind.RELU);

    private final Node image = new Node(new Input("image"), List.of(), SHAPE, ElementType.FLOAT32);
    private final Node weight = Node.constant(new Tensor("w", List.of(2L, 2L, 1L, 1L), new float[4]));

    @Test
    void theTensorBehindAReluIsKeptAndTheOneBeforeNot() {
        Node conv = node(CONV, image, weight);
        Node relu = node(RELU, conv);
        QuantizationPlan plan = plan(relu);

        assertThat(plan.measured()).containsExactly(image, relu);
        assertThat(plan.isKept(conv)).isFalse();
    }

    @Test
    void aReluWithCompanyLeavesBothTensorsKept() {
        Node conv = node(CONV, image, weight);
        Node relu = node(RELU, conv);
        Node sum = node(new Binary(Binary.Kind.ADD), conv, node(CONV, relu, weight));
        QuantizationPlan plan = plan(sum);

        assertThat(plan.isKept(conv)).isTrue();
        assertThat(plan.isKept(relu)).isTrue();
        assertThat(plan.isInteger(sum)).isTrue();
    }

    @Test
    void aMaxPoolSharesTheRangeOfWhatItReads() {
        Node relu = node(RELU, node(CONV, image, weight));
        Node pool = node(new MaxPool(ONES, ONES, List.of(0L, 0L), false), relu);
        Node second = node(new MaxPool(ONES, ONES, List.of(0L, 0L), false), pool);
        QuantizationPlan plan = plan(second);

        assertThat(plan.rangeOwner(pool)).isEqualTo(relu);
        assertThat(plan.rangeOwner(second)).isEqualTo(relu);
        assertThat(plan.measured()).containsExactly(image, relu);
    }

    @Test
    void theLastConvolutionAndWhatFollowsStayInFloats() {
        Node body = node(RELU, node(CONV, image, weight));
        Node classes = node(CONV, body, weight);
        Node logits =
                new Node(new GlobalAveragePool(2), List.of(classes), List.of(Node.BATCH, 2L), ElementType.FLOAT32);
        QuantizationPlan plan = QuantizationPlan.of(new Graph(image, Map.of("y", logits)));

        assertThat(plan.isInteger(classes)).isFalse();
        assertThat(plan.isKept(classes)).isFalse();
        assertThat(plan.isKept(body)).isTrue();
        assertThat(plan.integerConvolutions()).isEqualTo(1);
        assertThat(plan.convolutions()).isEqualTo(2);
    }

    @Test
    void sumsWithAConstantStayInFloats() {
        Node constant = Node.constant(new Tensor("c", List.of(1L), new float[1]));
        Node sum = node(new Binary(Binary.Kind.ADD), node(CONV, image, weight), constant);

        assertThat(plan(sum).isInteger(sum)).isFalse();
    }

    /** Followed by a last convolution, which is not quantised. */
    private QuantizationPlan plan(Node body) {
        return QuantizationPlan.of(new Graph(image, Map.of("y", node(CONV, body, weight))));
    }

    private static Node node(Op op, Node... inputs) {
        return new Node(op, List.of(inputs), SHAPE, ElementType.FLOAT32);
    }
}
