package ai.facet.export.trace;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * One input of a Block.
 *
 * @param name as in the artifacts' signature: letters, digits and underscores, beginning with a letter
 * @param type {@code UINT8} or {@code FLOAT32}
 * @param shape without the batch axis, which stands in front
 */
public record BlockInput(String name, DataType type, List<Long> shape) {
    public BlockInput {
        shape = List.copyOf(shape);
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("input \"" + name
                    + "\"; expected a name of letters, digits and underscores that begins with a letter");
        }
    }

    /** For example {@code BlockInput.of("image", DataType.FLOAT32, 3, 224, 224)}. */
    public static BlockInput of(String name, DataType type, long... shape) {
        List<Long> axes = new ArrayList<>();
        for (long axis : shape) {
            axes.add(axis);
        }
        return new BlockInput(name, type, axes);
    }
}
