package ai.facet.export.onnx;

import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.IntegerConstant;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A name for every value: outputs as the signature says, constants after their parameter, the rest numbered. */
final class OnnxNames {
    private final Map<Node, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    OnnxNames(Graph graph) {
        taken.addAll(graph.outputs().keySet());
        graph.outputs().forEach((name, node) -> {
            if (node.op() instanceof Operation) {
                names.putIfAbsent(node, name);
            }
        });
        int number = 0;
        for (Node node : graph.nodes()) {
            if (!names.containsKey(node)) {
                names.put(node, fresh(wish(node, number)));
            }
            number++;
        }
    }

    String of(Node node) {
        String name = names.get(node);
        if (name == null) {
            throw new IllegalArgumentException("not in the graph: " + node);
        }
        return name;
    }

    /** A name that nothing else has: the wish, or the wish with a number. */
    String fresh(String wish) {
        String name = wish;
        for (int i = 2; !taken.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    private static String wish(Node node, int number) {
        if (node.op() instanceof Input input) {
            return input.name();
        }
        if (node.op() instanceof Constant constant) {
            return constant.tensor().name();
        }
        if (node.op() instanceof IntegerConstant constant) {
            return constant.name();
        }
        return ((Operation) node.op()).name() + number;
    }
}
