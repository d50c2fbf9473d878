package ai.facet.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A named array of numbers.
 *
 * @param shape no dimension is negative; empty for a single number
 * @param data row-major, little-endian, position 0; shared, not copied
 */
public record Tensor(String name, Type type, List<Long> shape, ByteBuffer data) {
    /** Element types; the names are those of safetensors. */
    public enum Type {
        F32(4),
        I64(8),
        I32(4),
        U8(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Size of one element. */
        public int bytes() {
            return bytes;
        }
    }

    public Tensor {
        shape = List.copyOf(shape);
        data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (data.remaining() != bytes(type, shape)) {
            throw new IllegalArgumentException("tensor " + name + " of shape " + shape + " holds " + data.remaining()
                    + " bytes; expected " + bytes(type, shape));
        }
    }

    /** A float32 tensor; copies the values. */
    public static Tensor ofFloats(String name, List<Long> shape, float[] values) {
        ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, Type.F32.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new Tensor(name, Type.F32, shape, data);
    }

    /**
     * The values of a float32 tensor.
     *
     * @throws IllegalStateException if it has another type
     */
    public float[] toFloats() {
        if (type != Type.F32) {
            throw new IllegalStateException("tensor " + name + " has the type " + type + "; expected F32");
        }
        float[] values = new float[data.remaining() / Type.F32.bytes()];
        data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** The shape as DJL wants it. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Bytes of a tensor.
     *
     * @throws ArithmeticException if a dimension is negative or the product is beyond {@code long}
     */
    static long bytes(Type type, List<Long> shape) {
        long bytes = type.bytes();
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new ArithmeticException("dimension " + dimension);
            }
            bytes = Math.multiplyExact(bytes, dimension);
        }
        return bytes;
    }

    /** Names as safetensors writes them. */
    static List<String> typeNames() {
        return Arrays.stream(Type.values()).map(Enum::name).toList();
    }
}
