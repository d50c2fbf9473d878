package ai.facet.export.torchscript;

import ai.facet.export.graph.Constant;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Operation;
import ai.facet.export.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The module's class: weights as attributes, {@code forward} with one line per node. */
final class TorchCode {
    private static final Set<String> RESERVED = Set.of("forward", "training", "self");

    private final Graph graph;
    private final Map<Node, String> expressions = new HashMap<>();
    private final List<String> attributeNames = new ArrayList<>();
    private final List<Tensor> weights = new ArrayList<>();
    private final Set<String> taken = new HashSet<>(RESERVED);

    TorchCode(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Constant constant) {
                String name = attributeName(constant.tensor().name());
                attributeNames.add(name);
                weights.add(constant.tensor());
                expressions.put(node, "self." + name);
            }
        }
    }

    List<String> attributeNames() {
        return attributeNames;
    }

    List<Tensor> weights() {
        return weights;
    }

    String source() {
        StringBuilder source = new StringBuilder("class FacetModel(Module):\n");
        source.append("  __parameters__ = [")
                .append(attributeNames.stream().map(n -> "\"" + n + "\", ").collect(Collectors.joining()))
                .append("]\n  __buffers__ = []\n");
        attributeNames.forEach(name -> source.append("  ").append(name).append(" : Tensor\n"));
        source.append("  training : bool\n");
        source.append("  def forward(self: __torch__.FacetModel");
        Set<String> variables = new HashSet<>();
        for (Node input : graph.inputs()) {
            String name = ((Input) input.op()).name();
            variables.add(name);
            expressions.put(input, name);
            source.append(",\n    ").append(name).append(": Tensor");
        }
        source.append(") -> Dict[str, Tensor]:\n");
        int number = 0;
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Operation operation) {
                String variable = "x" + number++;
                while (!variables.add(variable)) {
                    variable = "x" + number++;
                }
                source.append("    %s = %s\n".formatted(variable, operation.torch(inputs(node))));
                expressions.put(node, variable);
            }
        }
        return source.append("    return {").append(outputs()).append("}\n").toString();
    }

    private List<String> inputs(Node node) {
        return node.inputs().stream().map(this::expression).toList();
    }

    private String outputs() {
        return graph.outputs().entrySet().stream()
                .map(output -> "\"" + output.getKey() + "\": " + expression(output.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String expression(Node node) {
        String expression = expressions.get(node);
        if (expression == null) {
            throw new IllegalStateException("nodes come after their inputs: " + node);
        }
        return expression;
    }

    /** Letters, digits and underscores, beginning with a letter, never twice. */
    private String attributeName(String path) {
        String wish = "w_" + path.replaceAll("[^A-Za-z0-9_]", "_");
        String name = wish;
        for (int i = 2; !taken.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }
}
