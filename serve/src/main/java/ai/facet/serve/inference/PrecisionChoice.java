package ai.facet.serve.inference;

import ai.facet.cli.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Which of a bundle's models to load. A file that is named is loaded as it is, whatever was chosen. */
public enum PrecisionChoice {
    /**
     * {@code model.int8.onnx} on a CPU, if the bundle has one that passed its comparison and answers its own check here;
     * else {@code model.onnx}.
     */
    AUTO("auto"),
    /** {@code model.onnx}. */
    FP32("fp32"),
    /** {@code model.int8.onnx}; without one, or if its check fails here, there is an error. */
    INT8("int8");

    /** For the help of commands. */
    public static final String HELP = "auto, fp32 or int8. auto takes a bundle's 8-bit integers where it has some that"
            + " passed their comparison and answer their own check on this processor. Default: ${DEFAULT-VALUE}.";

    private final String id;

    PrecisionChoice(String id) {
        this.id = id;
    }

    /**
     * The choice of an option's value.
     *
     * @throws UserException (exit 2) naming what is expected
     */
    public static PrecisionChoice of(String text) {
        for (PrecisionChoice choice : values()) {
            if (choice.id.equals(text)) {
                return choice;
            }
        }
        throw UserException.badArguments("--precision is \"" + text + "\"; expected "
                + Arrays.stream(values()).map(choice -> choice.id).collect(Collectors.joining(", ")));
    }
}
