package ai.facet.export.graph;

import java.util.List;

/**
 * Integers that quantisation made of a parameter; the node says of which type. The values are not copied: nobody changes
 * them.
 *
 * @param name as a {@link Tensor}'s
 * @param shape empty for a scalar
 */
public record IntegerConstant(String name, List<Long> shape, int[] values) implements Op {
    public IntegerConstant {
        shape = List.copyOf(shape);
        long size = shape.stream().reduce(1L, (a, b) -> a * b);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    name + " of shape " + shape + " has " + values.length + " values; expected " + size);
        }
    }

    /** The constant as a node. */
    public Node node(ElementType type) {
        return new Node(this, List.of(), shape, type);
    }
}
