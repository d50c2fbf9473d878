package ai.facet.export.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.OnnxMl.AttributeProto;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.TensorProto;
import onnx.OnnxMl.ValueInfoProto;

/**
 * What is drawn of an ONNX graph: inputs, operators, outputs. Weights are words in their operator's box.
 *
 * @param edges pairs of indices into the boxes
 */
record DrawnGraph(List<Box> boxes, List<Edge> edges) {
    /** What a box stands for. */
    enum Role {
        INPUT,
        OPERATOR,
        OUTPUT
    }

    /**
     * A box.
     *
     * @param title the operator, or the value's name
     * @param details smaller words under it; may be empty
     * @param tooltip everything
     */
    record Box(Role role, String title, String details, String tooltip) {}

    record Edge(int from, int to) {}

    static DrawnGraph of(GraphProto graph) {
        return new Building(graph).build();
    }

    /** Boxes by the values that they make. */
    private static final class Building {
        private final GraphProto graph;
        private final Map<String, List<Long>> weights = new HashMap<>();
        private final Map<String, Integer> makers = new HashMap<>();
        private final List<Box> boxes = new ArrayList<>();
        private final Set<Edge> edges = new LinkedHashSet<>();

        Building(GraphProto graph) {
            this.graph = graph;
            for (TensorProto tensor : graph.getInitializerList()) {
                weights.put(tensor.getName(), tensor.getDimsList());
            }
        }

        DrawnGraph build() {
            for (ValueInfoProto input : OnnxFacts.realInputs(graph)) {
                makers.put(input.getName(), boxes.size());
                boxes.add(new Box(Role.INPUT, input.getName(), shape(input), "input " + input.getName()));
            }
            for (NodeProto node : graph.getNodeList()) {
                add(node);
            }
            for (ValueInfoProto output : graph.getOutputList()) {
                connect(output.getName(), boxes.size());
                boxes.add(new Box(Role.OUTPUT, output.getName(), shape(output), "output " + output.getName()));
            }
            return new DrawnGraph(List.copyOf(boxes), List.copyOf(edges));
        }

        /** Nodes come after those that they read, says the format; a file that breaks this loses lines, nothing else. */
        private void add(NodeProto node) {
            int index = boxes.size();
            node.getInputList().forEach(name -> connect(name, index));
            node.getOutputList().forEach(name -> makers.put(name, index));
            boxes.add(new Box(Role.OPERATOR, OnnxFacts.operator(node), details(node), tooltip(node)));
        }

        private void connect(String value, int to) {
            Integer from = makers.get(value);
            if (from != null) {
                edges.add(new Edge(from, to));
            }
        }

        /** The first weight's shape and the strides, which say most. */
        private String details(NodeProto node) {
            List<String> words = new ArrayList<>();
            node.getInputList().stream()
                    .map(weights::get)
                    .filter(shape -> shape != null && !shape.isEmpty())
                    .findFirst()
                    .ifPresent(shape -> words.add(by(shape)));
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.getName().equals("strides")
                        && attribute.getIntsList().stream().anyMatch(stride -> stride != 1)) {
                    words.add("/" + attribute.getInts(0));
                }
            }
            return String.join(" ", words);
        }

        private String tooltip(NodeProto node) {
            Map<String, String> lines = new LinkedHashMap<>();
            lines.put("operator", OnnxFacts.operator(node));
            lines.put("name", node.getName());
            lines.put("outputs", String.join(", ", node.getOutputList()));
            node.getAttributeList().forEach(attribute -> lines.put(attribute.getName(), value(attribute)));
            return lines.entrySet().stream()
                    .filter(line -> !line.getValue().isEmpty())
                    .map(line -> line.getKey() + ": " + line.getValue())
                    .collect(Collectors.joining("\n"));
        }

        private static String value(AttributeProto attribute) {
            return switch (attribute.getType()) {
                case INT -> Long.toString(attribute.getI());
                case FLOAT -> Float.toString(attribute.getF());
                case STRING -> attribute.getS().toStringUtf8();
                case INTS -> attribute.getIntsList().toString();
                case FLOATS -> attribute.getFloatsList().toString();
                default -> "";
            };
        }

        private static String shape(ValueInfoProto value) {
            return value.getType().getTensorType().getShape().getDimList().stream()
                    .map(d -> d.hasDimValue() ? Long.toString(d.getDimValue()) : d.getDimParam())
                    .collect(Collectors.joining("\u00d7"));
        }

        private static String by(List<Long> shape) {
            return shape.stream().map(String::valueOf).collect(Collectors.joining("\u00d7"));
        }
    }
}
