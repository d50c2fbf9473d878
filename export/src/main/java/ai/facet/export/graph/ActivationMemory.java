package ai.facet.export.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most memory that values on their way need at once, for one image: each is kept until its last reader is done, in the
 * graph's order. Engines compute some steps in place and need less, and convolutions need room of their own beside it.
 */
final class ActivationMemory {
    private ActivationMemory() {}

    static long peakBytes(Graph graph) {
        List<Node> nodes = graph.nodes();
        Map<Node, Node> owners = new HashMap<>();
        Map<Node, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Node owner = isView(node) ? owners.getOrDefault(node.input(0), node.input(0)) : node;
            owners.put(node, owner);
            lastUse.put(owner, i);
            for (Node input : node.inputs()) {
                lastUse.put(owners.getOrDefault(input, input), i);
            }
        }
        graph.outputs().values().forEach(output -> lastUse.put(owners.getOrDefault(output, output), nodes.size()));
        long now = 0;
        long peak = 0;
        for (int i = 0; i < nodes.size(); i++) {
            if (!isView(nodes.get(i))) {
                now += bytes(nodes.get(i));
            }
            peak = Math.max(peak, now);
            for (Map.Entry<Node, Integer> use : lastUse.entrySet()) {
                now -= use.getValue() == i ? bytes(use.getKey()) : 0;
            }
        }
        return peak;
    }

    /** The same values under another shape. */
    private static boolean isView(Node node) {
        return node.op() instanceof Reshape || node.op() instanceof Identity;
    }

    private static long bytes(Node node) {
        if (node.op() instanceof Constant || node.op() instanceof IntegerConstant) {
            return 0;
        }
        return node.shape().stream().reduce((long) node.type().bytes(), (a, b) -> a * (b == Node.BATCH ? 1 : b));
    }
}
