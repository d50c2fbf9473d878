package ai.facet.export.int8;

import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.Dequantize;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.IntegerConstant;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Quantize;
import ai.facet.export.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a plan into the graph: pairs of quantize and dequantize behind each kept tensor, integers for parameters. */
final class QuantizeRewriter {
    private final QuantizationPlan plan;
    private final Map<Node, Range> ranges;
    private final int weightBits;
    /** Constants that others take the place of. */
    private final Map<Node, Node> replacements;
    /** Each node as its readers see it now. */
    private final Map<Node, Node> seen = new HashMap<>();

    private int number;

    /**
     * A rewriter for one graph.
     *
     * @param ranges of the plan's measured tensors
     */
    QuantizeRewriter(QuantizationPlan plan, Map<Node, Range> ranges, int weightBits) {
        this(plan, ranges, weightBits, Map.of());
    }

    /**
     * A rewriter that takes other constants for some of the floats.
     *
     * @param replacements by the graph's constants; not of layers that become integers
     */
    QuantizeRewriter(QuantizationPlan plan, Map<Node, Range> ranges, int weightBits, Map<Node, Node> replacements) {
        this.plan = plan;
        this.ranges = ranges;
        this.weightBits = weightBits;
        this.replacements = Map.copyOf(replacements);
    }

    Graph rewrite() {
        Graph graph = plan.graph();
        for (Node node : graph.nodes()) {
            Node computed = computed(node);
            seen.put(node, plan.isKept(node) ? throughEightBits(computed, range(node)) : computed);
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, see(node)));
        return new Graph(graph.inputs(), outputs);
    }

    private Node computed(Node node) {
        if (node.inputs().isEmpty()) {
            return replacements.getOrDefault(node, node);
        }
        if (plan.isInteger(node) && node.op() instanceof Convolution) {
            return convolution(node);
        }
        return node.withInputs(node.inputs().stream().map(this::see).toList());
    }

    private Node convolution(Node node) {
        float dataScale = range(node.input(0)).scale();
        Tensor weight = tensor(node.input(1));
        Tensor bias = node.inputs().size() > 2 ? tensor(node.input(2)) : null;
        QuantizedWeights integers = QuantizedWeights.of(weight, bias, dataScale, weightBits);
        List<Node> inputs = new ArrayList<>(List.of(see(node.input(0)), integers.weightNode(weight)));
        if (bias != null) {
            inputs.add(integers.biasNode(bias, dataScale));
        }
        return node.withInputs(inputs);
    }

    private Node throughEightBits(Node node, Range range) {
        String name = "activation" + number++;
        Node scale = Node.constant(Tensor.scalar(name + "_scale", range.scale()));
        Node zero =
                new IntegerConstant(name + "_zero", List.of(), new int[] {range.zeroPoint()}).node(ElementType.UINT8);
        Node integers = new Node(new Quantize(), List.of(node, scale, zero), node.shape(), ElementType.UINT8);
        return new Node(new Dequantize(), List.of(integers, scale, zero), node.shape(), ElementType.FLOAT32);
    }

    private Range range(Node tensor) {
        return Objects.requireNonNull(ranges.get(plan.rangeOwner(tensor)), "no range was measured");
    }

    private static Tensor tensor(Node node) {
        return ((Constant) node.op()).tensor();
    }

    /** A value of the float graph as the last {@link #rewrite} computes it. */
    Node quantised(Node node) {
        return see(node);
    }

    private Node see(Node node) {
        return Objects.requireNonNull(seen.get(node), "nodes come after their inputs");
    }
}
