/**
 * Static int8 quantisation in plain Java: {@code model.int8.onnx}, a graph whose convolutions, sums and max-pools compute
 * with 8-bit integers, and {@code int8.json}, which says how it was made and how well it answers.
 *
 * <p>Form: QDQ. A tensor that is to be kept in 8 bits passes through QuantizeLinear and DequantizeLinear; ONNX Runtime
 * replaces the operations between such pairs by its int8 kernels, and any other runtime can still compute the graph in
 * floats. Activations are uint8 with one scale and zero point for each tensor, {@code scale = (high - low) / 255} and
 * {@code zeroPoint = round(-low / scale)}, the range always holding 0, so that zero padding is exact. Weights are int8 with a
 * scale for each output channel, {@code max|w| / 127} and zero point 0. Biases are int32 with the scale
 * {@code scale(data) * scale(weight)}. The layer that makes an attribute's logits, and what follows it, stays in floats;
 * {@code OutputFit} fits it to what comes through 8 bits.
 *
 * <p>Format of {@code int8.json}, version 1: {@code formatVersion} (1), {@code artifact}, {@code sha256},
 * {@code weightBits} (8 or 7), {@code method} ({@code min-max}, {@code percentile} or {@code mse}),
 * {@code calibrationPictures}, {@code quantizedConvolutions} and {@code convolutions} (how many of how many),
 * {@code fittedLayers} (layers before logits that were fitted), {@code selfCheck} (see
 * {@link ai.facet.prediction.Int8Check}) and {@code evaluation}: {@code passed}, {@code heldOut} (whether it was measured on
 * other pictures than those of the calibration), {@code pictures}, {@code maxLoss}, {@code agreement} (share of answers that are the same), with labels {@code meanBalancedAccuracy} ({@code fp32}, {@code int8},
 * {@code loss}), and {@code attributes}, each with {@code id}, {@code agreement}, {@code images} (those with a label) and, if
 * there are any, {@code accuracy}, {@code balancedAccuracy} and {@code calibrationError} of both and the paired
 * {@code difference} of accuracy ({@code value}, with its 95 % interval {@code low} to {@code high}).
 *
 * <p>Reading order: {@link ai.facet.export.int8.Int8Quantizer}, {@code QuantizationPlan}, {@code RangeCalibrator},
 * {@code Histogram}, {@link ai.facet.export.int8.RangeMethod}, {@code Range}, {@code QuantizedWeights},
 * {@code QuantizeRewriter}, {@code OutputFit}, {@code LastLayer}, {@code RidgeFit}; then
 * {@link ai.facet.export.int8.Int8Evaluation}, {@code PairedDifference} and {@link ai.facet.export.int8.Int8Report}.
 */
@NullMarked
package ai.facet.export.int8;

import org.jspecify.annotations.NullMarked;
