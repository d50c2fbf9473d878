package ai.facet.export.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Inputs of one run.
 *
 * @param bytes the elements in row-major order, in native byte order
 * @param type {@code UINT8} or {@code FLOAT32}
 * @param shape with the batch first
 */
public record ImageBatch(byte[] bytes, DataType type, List<Long> shape) {
    public ImageBatch {
        shape = List.copyOf(shape);
    }

    /** Fresh noise: uniform bytes, or normally distributed floats. */
    public static ImageBatch random(Random random, DataType type, int batch, List<Long> imageShape) {
        List<Long> shape = new ArrayList<>(imageShape);
        shape.add(0, (long) batch);
        int size = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
        byte[] bytes = new byte[size * type.getNumOfBytes()];
        if (type == DataType.UINT8) {
            random.nextBytes(bytes);
        } else {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            for (int i = 0; i < size; i++) {
                buffer.putFloat((float) random.nextGaussian());
            }
        }
        return new ImageBatch(bytes, type, shape);
    }

    /** {@code batch} images of a list, from {@code first} on and round again. */
    static ImageBatch of(List<byte[]> images, int first, int batch, List<Long> imageShape) {
        List<Long> shape = new ArrayList<>(imageShape);
        shape.add(0, (long) batch);
        int bytes = images.get(0).length;
        byte[] all = new byte[batch * bytes];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(images.get((first + i) % images.size()), 0, all, i * bytes, bytes);
        }
        return new ImageBatch(all, DataType.UINT8, shape);
    }

    /** A copy of the elements outside the heap. */
    public ByteBuffer direct() {
        return ByteBuffer.allocateDirect(bytes.length)
                .order(ByteOrder.nativeOrder())
                .put(bytes)
                .flip();
    }

    NDArray array(NDManager manager) {
        long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
        return manager.create(direct(), new Shape(dimensions), type);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape.toArray());
    }
}
