package ai.facet.export.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as values: inputs and named outputs. What no output needs is no part of it, inputs apart.
 *
 * @param inputs in order of the artifacts' signature, each with an {@link Input}
 * @param outputs names in order of the artifacts' signature
 */
public record Graph(List<Node> inputs, Map<String, Node> outputs) {
    public Graph {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a graph needs at least one input");
        }
        outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("a graph needs at least one output");
        }
    }

    /** A graph with one input. */
    public Graph(Node input, Map<String, Node> outputs) {
        this(List.of(input), outputs);
    }

    /** The only input. */
    public Node input() {
        if (inputs.size() != 1) {
            throw new IllegalStateException("the graph has " + inputs.size() + " inputs; expected 1");
        }
        return inputs.get(0);
    }

    /** All nodes that the outputs need, each after its inputs; the same graph gives the same order. */
    public List<Node> nodes() {
        List<Node> ordered = new ArrayList<>(inputs);
        Set<Node> done = new HashSet<>(inputs);
        for (Node output : outputs.values()) {
            visit(output, done, ordered);
        }
        return ordered;
    }

    /** Depth first without recursion: deep networks would overflow the stack. */
    private static void visit(Node root, Set<Node> done, List<Node> ordered) {
        Deque<Node> pending = new ArrayDeque<>();
        pending.push(root);
        while (!pending.isEmpty()) {
            Node node = pending.element();
            List<Node> missing =
                    node.inputs().stream().filter(i -> !done.contains(i)).toList();
            if (missing.isEmpty()) {
                pending.pop();
                if (done.add(node)) {
                    ordered.add(node);
                }
            } else {
                for (int i = missing.size() - 1; i >= 0; i--) {
                    pending.push(missing.get(i));
                }
            }
        }
    }

    /** How many nodes and outputs read each node. */
    public Map<Node, Integer> uses() {
        Map<Node, Integer> uses = new LinkedHashMap<>();
        for (Node node : nodes()) {
            node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
        outputs.values().forEach(output -> uses.merge(output, 1, Integer::sum));
        return uses;
    }

    public List<Tensor> constants() {
        List<Tensor> constants = new ArrayList<>();
        for (Node node : nodes()) {
            if (node.op() instanceof Constant constant) {
                constants.add(constant.tensor());
            }
        }
        return constants;
    }
}
