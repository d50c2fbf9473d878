package ai.facet.prediction;

import ai.facet.schema.Attribute;

/** A network answered with NaN or infinity: its weights are broken, and no answer may be made of that. */
public final class NonFiniteOutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NonFiniteOutputException(String message) {
        super(message);
    }

    /** The same, saying which model it was: its file, if there is one. */
    public NonFiniteOutputException from(String model) {
        NonFiniteOutputException named = new NonFiniteOutputException(model + ": " + getMessage());
        named.initCause(this);
        return named;
    }

    /**
     * Accepts finite outputs.
     *
     * @throws NonFiniteOutputException naming the attribute and the value
     */
    public static void check(Attribute attribute, float[] outputs) {
        for (float output : outputs) {
            if (!Float.isFinite(output)) {
                throw new NonFiniteOutputException("the network's output for attribute " + attribute.id() + " is "
                        + output + "; expected finite numbers. Its weights are broken: train again, with a lower"
                        + " learning rate if the loss grew, or use an earlier checkpoint");
            }
        }
    }
}
