package ai.facet.export.graph;

import java.util.List;

/**
 * One value of a graph. Nodes are compared by identity: the same computation may stand twice.
 *
 * @param inputs values that it is computed from
 * @param shape with {@link #BATCH} where the batch size stands
 */
public record Node(Op op, List<Node> inputs, List<Long> shape, ElementType type) {
    /** Stands for the batch size, in shapes and in the target of a {@link Reshape}. */
    public static final long BATCH = -1;

    public Node {
        inputs = List.copyOf(inputs);
        shape = List.copyOf(shape);
    }

    public static Node constant(Tensor tensor) {
        return new Node(new Constant(tensor), List.of(), tensor.shape(), ElementType.FLOAT32);
    }

    /** The same value computed from other nodes. */
    public Node withInputs(List<Node> newInputs) {
        return new Node(op, newInputs, shape, type);
    }

    public Node input(int index) {
        return inputs.get(index);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return op + " -> " + shape;
    }
}
