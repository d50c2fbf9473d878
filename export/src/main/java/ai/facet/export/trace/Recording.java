package ai.facet.export.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.Input;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a Block with one batch size: shapes hold the batch as a number. */
final class Recording {
    private final Block block;
    private final NDManager manager;
    private final BlockLocator locator;
    private final IdentityHashMap<Parameter, Tensor> tensors;
    private final IdentityHashMap<Parameter, NDArray> parameters = new IdentityHashMap<>();
    private final Map<String, Node> nodesByUid = new HashMap<>();
    private int numbers;

    /** @param tensors what parameters hold, filled by the first run of a Block */
    Recording(Block block, NDManager manager, IdentityHashMap<Parameter, Tensor> tensors) {
        this.block = block;
        this.tensors = tensors;
        this.manager = manager;
        this.locator = new BlockLocator(block);
    }

    Graph run(List<BlockInput> inputs, int batch) {
        block.getParameters().forEach(p -> addParameter(p.getKey(), p.getValue()));
        List<Node> nodes = new ArrayList<>();
        NDList symbols = new NDList();
        for (BlockInput input : inputs) {
            Shape shape = new Shape(batch).addAll(new Shape(input.shape()));
            Node node = new Node(
                    new Input(input.name()),
                    List.of(),
                    shapeOf(shape),
                    elementType(input.type(), "input " + input.name()));
            nodes.add(node);
            symbols.add(symbol(node, manager.zeros(shape, input.type())));
        }
        NDList outputs = block.forward(new SymbolicParameters(), symbols, false);
        Map<String, Node> named = new LinkedHashMap<>();
        for (NDArray output : outputs) {
            String name = output.getName() == null ? "output" + named.size() : output.getName();
            if (inputs.stream().anyMatch(input -> input.name().equals(name))) {
                throw new TraceException(
                        "an output of the Block is called \"" + name + "\" as an input is; expected different names");
            }
            if (named.put(name, node(output)) != null) {
                throw new TraceException(
                        "two outputs of the Block are called \"" + name + "\"; expected different names");
            }
        }
        return new Graph(nodes, named);
    }

    private void addParameter(String path, Parameter parameter) {
        if (!parameter.isInitialized()) {
            throw new TraceException("parameter " + path + " is not initialised. Call block.initialize(...) first");
        }
        Node node = Node.constant(tensors.computeIfAbsent(parameter, p -> tensor(path, p.getArray())));
        nodesByUid.put(parameter.getArray().getUid(), node);
        parameters.put(parameter, symbol(node, parameter.getArray()));
    }

    private Tensor tensor(String name, NDArray array) {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new TraceException("constant " + name + " has the type " + array.getDataType() + "; expected float32"
                    + locator.where());
        }
        Tensor tensor = new Tensor(name, shapeOf(array.getShape()), array.toFloatArray());
        if (!tensor.isFinite()) {
            throw new TraceException("parameter " + name + " holds NaN or infinity; the training diverged."
                    + " Export an earlier checkpoint");
        }
        return tensor;
    }

    /** An array that records; what it delegates to is only read for shape, type and device. */
    NDArray symbol(Node node, NDArray real) {
        return SymbolicArray.create(this, node, real);
    }

    /** The node behind any array: recorded, a parameter, or a constant of the Block's code. */
    Node node(NDArray array) {
        SymbolicArray symbolic = SymbolicArray.of(array);
        if (symbolic != null) {
            return symbolic.node();
        }
        return nodesByUid.computeIfAbsent(array.getUid(), uid -> Node.constant(tensor("constant" + numbers++, array)));
    }

    Node number(Number value, ElementType like) {
        if (like != ElementType.FLOAT32) {
            throw new TraceException("arithmetic on " + like + " with the number " + value
                    + " is not supported; convert to float32 first" + locator.where());
        }
        return Node.constant(Tensor.scalar("constant" + numbers++, value.floatValue()));
    }

    TraceException unsupported(String call) {
        return new TraceException("operation " + call + " cannot be exported" + locator.where() + ". Supported: "
                + String.join(", ", Operations.supported())
                + ". Build the Block from these, or add the operation to ai.facet.export");
    }

    TraceException error(String message) {
        return new TraceException(message + locator.where());
    }

    static List<Long> shapeOf(Shape shape) {
        return Call.longs(shape);
    }

    static ElementType elementType(DataType type, String what) {
        return switch (type) {
            case FLOAT32 -> ElementType.FLOAT32;
            case UINT8 -> ElementType.UINT8;
            default -> throw new TraceException(what + " has the type " + type + "; expected float32 or uint8");
        };
    }

    /** Hands out recording arrays for parameters and remembers the last one read, to say where an error is. */
    private final class SymbolicParameters extends ParameterStore {
        SymbolicParameters() {
            super(manager, false);
        }

        @Override
        @SuppressWarnings("NullAway") // DJL passes null for a parameter that a layer does not have
        public @Nullable NDArray getValue(@Nullable Parameter parameter, Device device, boolean training) {
            if (parameter == null) {
                return null;
            }
            NDArray symbol = parameters.get(parameter);
            if (symbol == null) {
                throw new TraceException("parameter " + parameter.getName()
                        + " is read but not listed by the Block's getParameters()" + locator.where());
            }
            locator.read(parameter);
            return symbol;
        }
    }
}
