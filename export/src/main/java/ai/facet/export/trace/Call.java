package ai.facet.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Identity;
import ai.facet.export.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** One call on a recording array, as the table of {@link Operations} reads it. */
final class Call {
    private final Recording recording;
    private final SymbolicArray self;
    private final String signature;
    private final Object[] args;
    private final List<Long> resultShape;
    private final List<Node> inputs = new ArrayList<>();

    Call(Recording recording, SymbolicArray self, String signature, Object[] args, List<Long> resultShape) {
        this.recording = recording;
        this.self = self;
        this.signature = signature;
        this.args = args;
        this.resultShape = resultShape;
    }

    /** Makes the array that was called an input. */
    Call self() {
        inputs.add(self.node());
        return this;
    }

    /** Makes an argument an input: an array, a list of arrays, a number; null adds none. */
    Call input(int index) {
        Object arg = args[index];
        if (arg instanceof NDArray array) {
            inputs.add(recording.node(array));
        } else if (arg instanceof NDList list) {
            list.forEach(array -> inputs.add(recording.node(array)));
        } else if (arg instanceof Number number) {
            inputs.add(recording.number(number, self.node().type()));
        }
        return this;
    }

    /** The only input again, under the name of what was called. */
    Identity identity(String from) {
        return new Identity(from);
    }

    List<Node> inputs() {
        return inputs;
    }

    List<Long> resultShape() {
        return resultShape;
    }

    /** How many spatial axes the first input {@code [N, C, ...]} has. */
    int spatialAxes() {
        return inputs.get(0).shape().size() - 2;
    }

    float number(int index) {
        return ((Number) args[index]).floatValue();
    }

    boolean flag(int index) {
        return (Boolean) args[index];
    }

    /** A shape or an {@code int[]}. */
    List<Long> integers(int index) {
        if (args[index] instanceof Shape shape) {
            return longs(shape);
        }
        List<Long> values = new ArrayList<>();
        for (int value : (int[]) args[index]) {
            values.add((long) value);
        }
        return values;
    }

    /** An axis counted from the front. */
    long axis(int index) {
        long axis = ((Number) args[index]).longValue();
        return axis < 0 ? axis + self.node().shape().size() : axis;
    }

    ElementType type(int index) {
        return Recording.elementType((DataType) args[index], "the target of " + signature);
    }

    /** Stops the trace unless a setting has the one value that both formats know. */
    Call require(boolean condition, String what) {
        if (!condition) {
            throw recording.error(signature + ": " + what);
        }
        return this;
    }

    static List<Long> longs(Shape shape) {
        List<Long> values = new ArrayList<>();
        for (long value : shape.getShape()) {
            values.add(value);
        }
        return values;
    }
}
