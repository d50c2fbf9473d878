package ai.facet.export.int8;

import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Clip;
import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Linear;
import ai.facet.export.graph.MaxPool;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Unary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which operations of a graph compute with integers, and which tensors are therefore kept in 8 bits.
 *
 * <p>Rules, from what ONNX Runtime needs to use its int8 kernels: convolutions, sums of two activations and max-pools; not
 * the last convolution or linear layer before an output, nor what follows it. Where only a ReLU reads a result, the
 * tensor behind the ReLU is kept, not the one before: its range begins at 0, which does the ReLU's work. A max-pool's
 * result has the range of what it reads.
 */
final class QuantizationPlan {
    private static final int IMAGE_AXES = 4;

    private final Graph graph;
    private final Map<Node, List<Node>> readers = new HashMap<>();
    private final Set<Node> outputs;
    private final Set<Node> integers = new LinkedHashSet<>();
    /** Tensors in 8 bits, each with the tensor whose range it has. */
    private final Map<Node, Node> kept = new LinkedHashMap<>();

    private QuantizationPlan(Graph graph) {
        this.graph = graph;
        this.outputs = new HashSet<>(graph.outputs().values());
        graph.nodes()
                .forEach(node -> node.inputs()
                        .forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>())
                                .add(node)));
    }

    static QuantizationPlan of(Graph graph) {
        QuantizationPlan plan = new QuantizationPlan(graph);
        Set<Node> ends = ends(graph.outputs().values());
        for (Node node : graph.nodes()) {
            if (!ends.contains(node) && canBeInteger(node)) {
                plan.integers.add(node);
                plan.keep(node);
            }
        }
        return plan;
    }

    /** The outputs, back to and with the first convolution or linear layer on each way. */
    private static Set<Node> ends(Collection<Node> outputs) {
        Set<Node> ends = new HashSet<>();
        Deque<Node> pending = new ArrayDeque<>(outputs);
        while (!pending.isEmpty()) {
            Node node = pending.pop();
            boolean last = node.op() instanceof Convolution || node.op() instanceof Linear;
            if (ends.add(node) && !last) {
                pending.addAll(node.inputs());
            }
        }
        return ends;
    }

    private static boolean canBeInteger(Node node) {
        if (node.op() instanceof Convolution) {
            boolean constants = node.inputs().stream().skip(1).allMatch(i -> i.op() instanceof Constant);
            return node.shape().size() == IMAGE_AXES && constants;
        }
        if (node.op() instanceof Binary binary) {
            return binary.kind() == Binary.Kind.ADD
                    && node.type() == ElementType.FLOAT32
                    && node.inputs().stream()
                            .allMatch(i ->
                                    !(i.op() instanceof Constant) && i.shape().equals(node.shape()));
        }
        return node.op() instanceof MaxPool;
    }

    private void keep(Node node) {
        if (node.op() instanceof MaxPool) {
            keepAlone(node.input(0));
            kept.putIfAbsent(node, kept.getOrDefault(node.input(0), node.input(0)));
            return;
        }
        activations(node).forEach(this::keepAlone);
        keepAlone(result(node));
    }

    private void keepAlone(Node tensor) {
        kept.putIfAbsent(tensor, tensor);
    }

    private static List<Node> activations(Node node) {
        return node.op() instanceof Convolution ? List.of(node.input(0)) : node.inputs();
    }

    /** The node's result, or that of the ReLU which alone reads it. */
    private Node result(Node node) {
        List<Node> own = readers.getOrDefault(node, List.of());
        boolean absorbed = own.size() == 1 && !outputs.contains(node) && cutsAtZero(own.get(0));
        return absorbed ? own.get(0) : node;
    }

    private static boolean cutsAtZero(Node node) {
        return (node.op() instanceof Unary unary && unary.kind() == Unary.Kind.RELU)
                || (node.op() instanceof Clip clip && clip.min() == 0);
    }

    Graph graph() {
        return graph;
    }

    boolean isInteger(Node node) {
        return integers.contains(node);
    }

    boolean isKept(Node tensor) {
        return kept.containsKey(tensor);
    }

    /** The tensor whose range a kept one has: itself, or what a max-pool reads. */
    Node rangeOwner(Node tensor) {
        return kept.getOrDefault(tensor, tensor);
    }

    /** Tensors whose ranges must be known. */
    List<Node> measured() {
        return kept.values().stream().distinct().toList();
    }

    /** How many convolutions compute with integers. */
    long integerConvolutions() {
        return integers.stream().filter(n -> n.op() instanceof Convolution).count();
    }

    long convolutions() {
        return graph.nodes().stream().filter(n -> n.op() instanceof Convolution).count();
    }
}
