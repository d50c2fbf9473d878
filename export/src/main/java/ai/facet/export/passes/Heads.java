package ai.facet.export.passes;

import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Softmax;
import ai.facet.export.graph.Tensor;
import ai.facet.schema.Attribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two outputs of each attribute: {@code <id>} with probabilities and {@code <id>_logits}. */
public final class Heads {
    private Heads() {}

    /**
     * Adds {@code softmax(logits / temperature)}.
     *
     * @param graph with one output {@code [N, classes]} named by the id of each attribute
     * @throws IllegalArgumentException if an attribute has no such output
     */
    public static Graph add(Graph graph, ModelDescription description) {
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (int i = 0; i < description.schema().size(); i++) {
            Attribute attribute = description.schema().attributes().get(i);
            Node logits = logits(graph, attribute);
            outputs.put(
                    attribute.id(),
                    probabilities(
                            attribute.id(),
                            logits,
                            description.calibration().get(i).temperature()));
            outputs.put(attribute.logitsName(), logits);
        }
        return new Graph(graph.inputs(), outputs);
    }

    static Node logits(Graph graph, Attribute attribute) {
        Node logits = graph.outputs().get(attribute.id());
        List<Long> expected = List.of(Node.BATCH, (long) attribute.classCount());
        if (logits == null || !logits.shape().equals(expected)) {
            throw new IllegalArgumentException("attribute " + attribute.id() + ": the network gives "
                    + (logits == null ? "no output of this name" : "the shape " + logits.shape()) + "; expected "
                    + expected + ". Outputs: " + graph.outputs().keySet());
        }
        return logits;
    }

    private static Node probabilities(String id, Node logits, double temperature) {
        Node scaled = logits;
        if (temperature != 1) {
            Node divisor = Node.constant(Tensor.scalar(id + "_temperature", (float) temperature));
            scaled = new Node(new Binary(Binary.Kind.DIV), List.of(logits, divisor), logits.shape(), logits.type());
        }
        return new Node(new Softmax(1, false), List.of(scaled), logits.shape(), logits.type());
    }
}
