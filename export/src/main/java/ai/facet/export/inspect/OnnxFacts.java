package ai.facet.export.inspect;

import ai.facet.description.ModelDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import onnx.OnnxMl.AttributeProto;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.TensorProto;
import onnx.OnnxMl.TypeProto;
import onnx.OnnxMl.ValueInfoProto;

/** What an ONNX model says about itself; a foreign one too. */
final class OnnxFacts {
    private final Path file;
    private final Map<String, Long> operators = new TreeMap<>();
    private long parameters;
    private long weightBytes;
    private long tensors;
    private final Set<String> elsewhere = new HashSet<>();

    private OnnxFacts(Path file) {
        this.file = file;
    }

    /** @param model from {@link OnnxStructure} */
    static void add(ModelProto model, Path file, Map<String, Object> facts) throws IOException {
        OnnxFacts found = new OnnxFacts(file);
        GraphProto graph = model.getGraph();
        found.scan(graph);
        facts.put("irVersion", model.getIrVersion());
        facts.put("operatorSets", operatorSets(model));
        facts.put("producer", (model.getProducerName() + " " + model.getProducerVersion()).strip());
        facts.put("graph", graph.getName());
        facts.put("inputs", values(realInputs(graph)));
        facts.put("outputs", values(graph.getOutputList()));
        facts.put("nodes", found.operators.values().stream().mapToLong(n -> n).sum());
        facts.put("operators", found.operators);
        facts.put("parameters", found.parameters);
        facts.put("weightTensors", found.tensors);
        facts.put("weightBytes", found.weightBytes);
        if (!found.elsewhere.isEmpty()) {
            facts.put("weightsInOtherFiles", found.elsewhere.stream().sorted().toList());
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (var entry : model.getMetadataPropsList()) {
            if (entry.getKey().equals(ModelDescription.ONNX_METADATA_KEY)) {
                DescriptionFacts.parse(entry.getValue(), file + ":" + entry.getKey(), facts);
            } else {
                metadata.put(entry.getKey(), entry.getValue());
            }
        }
        facts.put("metadata", metadata);
    }

    private static Map<String, Object> operatorSets(ModelProto model) {
        Map<String, Object> sets = new LinkedHashMap<>();
        model.getOpsetImportList()
                .forEach(set -> sets.put(set.getDomain().isEmpty() ? "ai.onnx" : set.getDomain(), set.getVersion()));
        return sets;
    }

    /** Before IR 4 every weight was listed as an input as well. */
    static List<ValueInfoProto> realInputs(GraphProto graph) {
        Set<String> weights =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        return graph.getInputList().stream()
                .filter(input -> !weights.contains(input.getName()))
                .toList();
    }

    /** The graph and those inside its nodes; their depth is limited by the reader. */
    private void scan(GraphProto graph) throws IOException {
        for (TensorProto tensor : graph.getInitializerList()) {
            count(tensor);
        }
        for (NodeProto node : graph.getNodeList()) {
            operators.merge(operator(node), 1L, Long::sum);
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasT()) {
                    count(attribute.getT());
                }
                if (attribute.hasG()) {
                    scan(attribute.getG());
                }
                for (GraphProto inner : attribute.getGraphsList()) {
                    scan(inner);
                }
            }
        }
    }

    static String operator(NodeProto node) {
        return node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx")
                ? node.getOpType()
                : node.getDomain() + ":" + node.getOpType();
    }

    private void count(TensorProto tensor) throws IOException {
        long elements = 1;
        try {
            for (long dimension : tensor.getDimsList()) {
                elements = Math.multiplyExact(elements, dimension);
                if (dimension < 0) {
                    throw new ArithmeticException("negative");
                }
            }
        } catch (ArithmeticException e) {
            throw new IOException(
                    file + ": the tensor \"" + tensor.getName() + "\" has the shape " + tensor.getDimsList()
                            + "; expected dimensions whose product is a number of elements",
                    e);
        }
        tensors++;
        weightBytes += bytes(tensor, elements);
        boolean numbers = OnnxTypes.isFloatingPoint(tensor.getDataType());
        parameters += numbers ? elements : 0;
    }

    private long bytes(TensorProto tensor, long elements) throws IOException {
        long expected = OnnxTypes.bytes(tensor.getDataType(), elements);
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            tensor.getExternalDataList().stream()
                    .filter(entry -> entry.getKey().equals("location"))
                    .forEach(entry -> elsewhere.add(entry.getValue()));
        } else if (tensor.hasRawData() && expected >= 0 && OnnxStructure.rawBytes(tensor) != expected) {
            throw new IOException(file + ": the tensor \"" + tensor.getName() + "\" of shape " + tensor.getDimsList()
                    + " holds " + OnnxStructure.rawBytes(tensor) + " bytes; expected " + expected);
        }
        return Math.max(0, expected);
    }

    private static List<Map<String, Object>> values(List<ValueInfoProto> values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ValueInfoProto value : values) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", value.getName());
            row.put("type", type(value.getType()));
            row.put("shape", shape(value.getType()));
            rows.add(row);
        }
        return rows;
    }

    private static String type(TypeProto type) {
        return type.hasTensorType()
                ? OnnxTypes.name(type.getTensorType().getElemType())
                : type.getValueCase().name().toLowerCase(Locale.ROOT);
    }

    private static List<Object> shape(TypeProto type) {
        List<Object> shape = new ArrayList<>();
        type.getTensorType().getShape().getDimList().forEach(dimension -> {
            boolean known = dimension.hasDimValue();
            String name = dimension.getDimParam().isEmpty() ? "?" : dimension.getDimParam();
            shape.add(known ? (Object) dimension.getDimValue() : name);
        });
        return shape;
    }
}
