package ai.facet.export.bundle;

import ai.facet.export.int8.Int8Settings;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle holds besides {@code model.onnx} and {@code model.pt}.
 *
 * @param explain {@code model.explain.onnx}: class maps besides the answers
 * @param halfWeights {@code model.fp16.onnx}: weights in 16 bits
 * @param int8 {@code model.int8.onnx} and {@code int8.json}: 8-bit integers, compared with the floats; null for none
 */
public record BundleOptions(
        boolean explain, boolean halfWeights, @Nullable Int8Settings int8) {
    /** Nothing more. */
    public static final BundleOptions PLAIN = new BundleOptions(false, false, null);
}
