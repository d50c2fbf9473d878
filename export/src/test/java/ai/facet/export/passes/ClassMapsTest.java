package ai.facet.export.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.GlobalAveragePool;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.Linear;
import ai.facet.export.graph.MaxPool;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Op;
import ai.facet.export.graph.Reshape;
import ai.facet.export.graph.Tensor;
import ai.facet.export.graph.Unary;
import ai.facet.network.Presets;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClassMapsTest {
    private static final List<Long> ONES = List.of(1L, 1L);
    private static final Op POINTWISE = new Convolution(ONES, List.of(0L, 0L), ONES, 1);
    private static final float[] WEIGHTS = {1, 2, 3, 4, 5, 6};

    private final Node maps =
            new Node(new Input("image"), List.of(), List.of(Node.BATCH, 3L, 4L, 5L), ElementType.FLOAT32);
    private final Node kernel = Node.constant(new Tensor("w", List.of(2L, 3L, 1L, 1L), WEIGHTS));
    private final Node bias = Node.constant(Tensor.vector("b", new float[] {7, 8}));

    @Test
    void aMeanOfClassMapsShowsThemWithoutTheirBias() {
        Node classes = node(POINTWISE, List.of(Node.BATCH, 2L, 4L, 5L), maps, kernel, bias);

        requireMaps(node(new GlobalAveragePool(2), List.of(Node.BATCH, 2L), classes));
    }

    @Test
    void classesOfAMeanAreMovedBeforeIt() {
        Node mean = node(new GlobalAveragePool(2), List.of(Node.BATCH, 3L), maps);
        Node picture = node(new Reshape(List.of(-1L, 3L, 1L, 1L)), List.of(Node.BATCH, 3L, 1L, 1L), mean);
        Node classes = node(POINTWISE, List.of(Node.BATCH, 2L, 1L, 1L), picture, kernel, bias);

        requireMaps(node(new Reshape(List.of(-1L, 2L)), List.of(Node.BATCH, 2L), classes));
    }

    @Test
    void aLinearLayerOfAMeanIsTheSame() {
        Node mean = node(new GlobalAveragePool(2), List.of(Node.BATCH, 3L), maps);
        Node matrix = Node.constant(new Tensor("w", List.of(2L, 3L), WEIGHTS));

        requireMaps(node(new Linear(), List.of(Node.BATCH, 2L), mean, matrix, bias));
    }

    @Test
    void saysWhatATowerEndsInInstead() {
        Node classes = node(POINTWISE, List.of(Node.BATCH, 2L, 4L, 5L), maps, kernel, bias);
        Node pooled = node(new MaxPool(ONES, ONES, List.of(0L, 0L), false), List.of(Node.BATCH, 2L, 4L, 5L), classes);
        refused(
                node(new GlobalAveragePool(2), List.of(Node.BATCH, 2L), pooled),
                "the tower of attribute size has no class maps: its global mean is over the result of maxpool; expected");
        Node mean = node(new GlobalAveragePool(2), List.of(Node.BATCH, 3L), maps);
        Node relu = node(new Unary(Unary.Kind.RELU), List.of(Node.BATCH, 3L), mean);
        refused(
                node(new Linear(), List.of(Node.BATCH, 2L), relu, kernel, bias),
                "its classes are computed from the result of relu");
        refused(node(new Unary(Unary.Kind.TANH), List.of(Node.BATCH, 2L), mean), "it ends in tanh");
    }

    @Test
    void anAttributeMayNotBeCalledAsMaps() {
        Node classes = node(POINTWISE, List.of(Node.BATCH, 2L, 4L, 5L), maps, kernel, bias);
        Node logits = node(new GlobalAveragePool(2), List.of(Node.BATCH, 2L), classes);
        Map<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("size", logits);
        outputs.put("size_cam", logits);

        assertThatThrownBy(() -> ClassMaps.add(new Graph(maps, outputs), description("size", "size_cam")))
                .hasMessageContaining("\"size_cam\" is called as an attribute");
    }

    private void requireMaps(Node logits) {
        Map<String, Node> outputs = ClassMaps.add(new Graph(maps, Map.of("size", logits)), description("size"))
                .outputs();

        Node cam = Objects.requireNonNull(outputs.get("size_cam"));
        assertThat(outputs.keySet()).containsExactly("size", "size_logits", "size_cam");
        assertThat(cam.op()).isEqualTo(POINTWISE);
        assertThat(cam.shape()).containsExactly(Node.BATCH, 2L, 4L, 5L);
        assertThat(cam.inputs()).hasSize(2).first().isEqualTo(maps);
        assertThat(((Constant) cam.input(1).op()).tensor().values()).isEqualTo(WEIGHTS);
        Node sum = Objects.requireNonNull(outputs.get("size_logits"));
        assertThat(sum.op()).isEqualTo(new Binary(Binary.Kind.ADD));
        assertThat(sum.input(0).op()).isEqualTo(new GlobalAveragePool(2));
        assertThat(sum.input(0).input(0)).isEqualTo(cam);
        assertThat(sum.input(1)).isEqualTo(bias);
    }

    private void refused(Node logits, String message) {
        assertThatThrownBy(() -> ClassMaps.add(new Graph(maps, Map.of("size", logits)), description("size")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static ModelDescription description(String... ids) {
        List<Attribute> attributes = java.util.Arrays.stream(ids)
                .map(id -> new Attribute(id, id, List.of("small", "large")))
                .toList();
        return new ModelDescription(
                "test",
                new AttributeSchema(attributes),
                Preprocessing.square(64),
                Presets.byName("facet-s"),
                Collections.nCopies(ids.length, Calibration.NONE),
                Map.of(),
                "none");
    }

    private static Node node(Op op, List<Long> shape, Node... inputs) {
        return new Node(op, List.of(inputs), shape, ElementType.FLOAT32);
    }
}
