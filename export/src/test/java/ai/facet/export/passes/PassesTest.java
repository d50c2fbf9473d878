package ai.facet.export.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Op;
import ai.facet.export.graph.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PassesTest {
    private static final List<Long> SHAPE = List.of(Node.BATCH, 2L, 4L, 4L);
    private static final Op CONV = new Convolution(List.of(1L, 1L), List.of(0L, 0L), List.of(1L, 1L), 1);

    private final Node input = new Node(new Input("image"), List.of(), SHAPE, ElementType.FLOAT32);
    private final Node weight = Node.constant(new Tensor("w", List.of(2L, 2L, 1L, 1L), new float[] {1, 2, 3, 4}));

    @Test
    void batchNormIsFoldedByHandCalculation() {
        Node norm = norm(node(CONV, input, weight));
        Node folded = output(Map.of("y", norm), "y");
        // scale = gamma / sqrt(variance + 1): 2/2 and 6/3; shift = (0 - mean) * scale + beta
        assertThat(folded.op()).isEqualTo(CONV);
        assertThat(values(folded.input(1))).containsExactly(new float[] {1, 2, 6, 8}, within(1e-6f));
        assertThat(values(folded.input(2))).containsExactly(new float[] {-10 + 0.5f, -40 + 0.25f}, within(1e-5f));
    }

    @Test
    void batchNormStaysWhereTheConvolutionHasAnotherReader() {
        Node conv = node(CONV, input, weight);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("y", norm(conv));
        outputs.put("conv", conv);
        assertThat(output(outputs, "y").op()).isInstanceOf(BatchNorm.class);
    }

    @Test
    void divisionBeforeAConvolutionGoesIntoItsWeights() {
        Node std = Node.constant(new Tensor("std", List.of(1L, 2L, 1L, 1L), new float[] {2, 4}));
        Node scaled = node(new Binary(Binary.Kind.DIV), input, std);
        Node conv = output(Map.of("y", node(CONV, scaled, weight)), "y");
        assertThat(conv.input(0)).isEqualTo(input);
        assertThat(values(conv.input(1))).containsExactly(0.5f, 0.5f, 1.5f, 1f);
    }

    @Test
    void divisionBySomethingElseThanOneValuePerChannelStays() {
        Node perColumn = Node.constant(new Tensor("s", List.of(4L), new float[] {1, 2, 3, 4}));
        Node scaled = node(new Binary(Binary.Kind.DIV), input, perColumn);
        Node conv = output(Map.of("y", node(CONV, scaled, weight)), "y");
        assertThat(conv.input(0).op()).isEqualTo(new Binary(Binary.Kind.DIV));
    }

    private Node output(Map<String, Node> outputs, String name) {
        return Objects.requireNonNull(
                Passes.forInference(new Graph(input, outputs)).outputs().get(name));
    }

    private static Node norm(Node data) {
        return node(
                new BatchNorm(1),
                data,
                Node.constant(Tensor.vector("gamma", new float[] {2, 6})),
                Node.constant(Tensor.vector("beta", new float[] {0.5f, 0.25f})),
                Node.constant(Tensor.vector("mean", new float[] {10, 20})),
                Node.constant(Tensor.vector("variance", new float[] {3, 8})));
    }

    private static Node node(Op op, Node... inputs) {
        return new Node(op, List.of(inputs), SHAPE, ElementType.FLOAT32);
    }

    private static float[] values(Node node) {
        return ((Constant) node.op()).tensor().values();
    }
}
