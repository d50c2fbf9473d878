package ai.facet.export.passes;

import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One rule applied to every node, inputs first. Nodes that nothing needs afterwards are gone. */
@FunctionalInterface
interface Rewriter {
    /**
     * A node's replacement, or the node itself.
     *
     * @param node with inputs already rewritten
     * @param context of the node before this pass
     */
    Node rewrite(Node node, Context context);

    /** Which rewritten nodes had how many readers before the pass. */
    record Context(Map<Node, Integer> usesOfRewritten) {
        boolean hasOneReader(Node rewritten) {
            return usesOfRewritten.getOrDefault(rewritten, 0) == 1;
        }
    }

    static Graph apply(Graph graph, Rewriter rule) {
        Map<Node, Integer> uses = graph.uses();
        Map<Node, Integer> usesOfRewritten = new HashMap<>();
        Map<Node, Node> replaced = new HashMap<>();
        for (Node node : graph.nodes()) {
            Node current = node.withInputs(
                    node.inputs().stream().map(i -> replaced.getOrDefault(i, i)).toList());
            if (current.inputs().equals(node.inputs())) {
                current = node;
            }
            Node result = rule.rewrite(current, new Context(usesOfRewritten));
            replaced.put(node, result);
            usesOfRewritten.merge(result, uses.getOrDefault(node, 0), Integer::sum);
        }
        Map<String, Node> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, node) -> outputs.put(name, replaced.getOrDefault(node, node)));
        return new Graph(graph.inputs(), outputs);
    }
}
