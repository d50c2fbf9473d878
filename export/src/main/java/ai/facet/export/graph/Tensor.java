package ai.facet.export.graph;

import java.util.Arrays;
import java.util.List;

/**
 * A named float32 constant in row-major order. The values are not copied: nobody changes them.
 *
 * @param name a parameter path such as {@code 01Conv2d_weight}
 * @param shape empty for a scalar
 */
public record Tensor(String name, List<Long> shape, float[] values) {
    public Tensor {
        shape = List.copyOf(shape);
        long size = shape.stream().reduce(1L, (a, b) -> a * b);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "tensor " + name + " of shape " + shape + " has " + values.length + " values; expected " + size);
        }
    }

    public static Tensor scalar(String name, float value) {
        return new Tensor(name, List.of(), new float[] {value});
    }

    /** A vector, for example one value per channel. */
    public static Tensor vector(String name, float[] values) {
        return new Tensor(name, List.of((long) values.length), values);
    }

    public Tensor withValues(String newName, float[] newValues) {
        return new Tensor(newName, shape, newValues);
    }

    public boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor t
                && t.name.equals(name)
                && t.shape.equals(shape)
                && Arrays.equals(t.values, values);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + shape.hashCode();
    }

    @Override
    public String toString() {
        return name + shape;
    }
}
