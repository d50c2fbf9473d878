package ai.facet.export.trace;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One input of a Block.
 *
 * @param name as in the artifacts' signature: letters, digits and underscores, beginning with a letter
 * @param type {@code UINT8} or {@code FLOAT32}
 * @param shape without the batch axis, which stands in front
 */
public record BlockInput(String name, DataType type, List<Long> shape) {
    /** Words of TorchScript's language, in which inputs are arguments. */
    private static final Set<String> RESERVED = Set.of(
            "self",
            "torch",
            "and",
            "as",
            "assert",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield",
            "None",
            "True",
            "False");

    public BlockInput {
        shape = List.copyOf(shape);
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*") || RESERVED.contains(name)) {
            throw new IllegalArgumentException("input \"" + name + "\"; expected a name of letters, digits and"
                    + " underscores that begins with a letter and is no word of TorchScript's language");
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
