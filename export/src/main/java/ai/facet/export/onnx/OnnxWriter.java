package ai.facet.export.onnx;

import ai.facet.export.graph.Constant;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.IntegerConstant;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.OnnxStep;
import ai.facet.export.graph.Operation;
import ai.facet.export.graph.Tensor;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import onnx.OnnxMl.AttributeProto;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.OperatorSetIdProto;
import onnx.OnnxMl.StringStringEntryProto;
import onnx.OnnxMl.TensorProto;
import onnx.OnnxMl.TensorShapeProto;
import onnx.OnnxMl.TypeProto;
import onnx.OnnxMl.ValueInfoProto;

/** Writes one graph as an ONNX model. The same graph gives the same bytes. */
public final class OnnxWriter {
    /** Read by ONNX Runtime 1.13 and later, and by Android's. */
    private static final int IR_VERSION = 8;

    private static final int OPERATOR_SET = 17;
    private static final String BATCH_AXIS = "N";

    private final Graph graph;
    private final OnnxNames names;
    private final GraphProto.Builder proto = GraphProto.newBuilder();

    private OnnxWriter(Graph graph) {
        this.graph = graph;
        this.names = new OnnxNames(graph);
    }

    /**
     * The model's bytes.
     *
     * @param name the graph's name
     * @param metadata entries of {@code metadata_props}, for example the model description
     */
    public static byte[] write(Graph graph, String name, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("facet")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(new OnnxWriter(graph).graph(name));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private GraphProto graph(String name) {
        proto.setName(name);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Constant constant) {
                proto.addInitializer(
                        node.type() == ElementType.FLOAT16
                                ? halves(names.of(node), constant.tensor())
                                : floats(names.of(node), constant.tensor()));
            } else if (node.op() instanceof IntegerConstant constant) {
                proto.addInitializer(integers(names.of(node), constant, node.type()));
            } else if (node.op() instanceof Operation operation) {
                addNodes(node, operation);
            } else {
                proto.addInput(value(names.of(node), node));
            }
        }
        graph.outputs().forEach(this::addOutput);
        return proto.build();
    }

    private void addNodes(Node node, Operation operation) {
        List<OnnxStep> steps = operation.onnx();
        List<String> inputs = node.inputs().stream().map(names::of).toList();
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            String output = last ? names.of(node) : names.fresh(names.of(node) + "_step" + i);
            addNode(steps.get(i), inputs, output);
            inputs = List.of(output);
        }
    }

    private void addNode(OnnxStep step, List<String> inputs, String output) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(output)
                .setOpType(step.type())
                .addAllInput(inputs)
                .addOutput(output);
        for (int i = 0; i < step.constants().size(); i++) {
            String name = names.fresh(output + "_constant" + i);
            node.addInput(name);
            proto.addInitializer(small(name, step.constants().get(i)));
        }
        step.attributes().forEach((key, value) -> node.addAttribute(attribute(key, value)));
        proto.addNode(node);
    }

    /** An output that is the input, a constant or another output's value needs a node of its own. */
    private void addOutput(String name, Node node) {
        if (!names.of(node).equals(name)) {
            proto.addNode(NodeProto.newBuilder()
                    .setName(name)
                    .setOpType("Identity")
                    .addInput(names.of(node))
                    .addOutput(name));
        }
        proto.addOutput(value(name, node));
    }

    private static ValueInfoProto value(String name, Node node) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long axis : node.shape()) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(axis == Node.BATCH ? dimension.setDimParam(BATCH_AXIS) : dimension.setDimValue(axis));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(node.type().onnxCode())
                                .setShape(shape)))
                .build();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long number) {
            return attribute
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(number)
                    .build();
        }
        if (value instanceof Float number) {
            return attribute
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(number)
                    .build();
        }
        attribute.setType(AttributeProto.AttributeType.INTS);
        ((List<?>) value).forEach(item -> attribute.addInts((Long) item));
        return attribute.build();
    }

    private static TensorProto floats(String name, Tensor tensor) {
        ByteBuffer bytes = littleEndian(tensor.values().length * Float.BYTES);
        bytes.asFloatBuffer().put(tensor.values());
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(ElementType.FLOAT32.onnxCode())
                .addAllDims(tensor.shape())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes)) // ours alone: no copy is needed
                .build();
    }

    /** The tensor's values have been rounded to what 16 bits hold. */
    private static TensorProto halves(String name, Tensor tensor) {
        ByteBuffer bytes = littleEndian(tensor.values().length * Short.BYTES);
        for (float value : tensor.values()) {
            bytes.putShort(Fp16Conversions.floatToFp16(value));
        }
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(ElementType.FLOAT16.onnxCode())
                .addAllDims(tensor.shape())
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }

    private static TensorProto integers(String name, IntegerConstant constant, ElementType type) {
        boolean wide = type == ElementType.INT32;
        ByteBuffer bytes = littleEndian(constant.values().length * (wide ? Integer.BYTES : 1));
        for (int value : constant.values()) {
            if (wide) {
                bytes.putInt(value);
            } else {
                bytes.put((byte) value);
            }
        }
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.onnxCode())
                .addAllDims(constant.shape())
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }

    private static TensorProto small(String name, Object value) {
        if (value instanceof Float number) {
            return floats(name, Tensor.scalar(name, number));
        }
        List<?> numbers = (List<?>) value;
        ByteBuffer bytes = littleEndian(numbers.size() * Long.BYTES);
        numbers.forEach(number -> bytes.putLong((Long) number));
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(numbers.size())
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
