package ai.facet.export.int8;

import ai.facet.export.graph.Dequantize;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.IntegerConstant;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution's parameters as integers: int8 weights with a scale for each output channel, and int32 biases in units of
 * {@code scale(data) * scale(weight)}, as the sums of the int8 kernels have them.
 *
 * @param scales of the weights
 * @param weights in the order of the floats
 * @param biases null if there are none
 */
record QuantizedWeights(float[] scales, int[] weights, int @Nullable [] biases) {
    /** A bias beyond it would leave no room for the sum in 32 bits. */
    private static final double MAX_BIAS = 1 << 30;

    /**
     * Quantises.
     *
     * @param weight {@code [out, ...]}
     * @param dataScale of what the convolution reads
     * @param bits 8 or 7: with 7, sums of two products fit 16 bits on processors without VNNI
     */
    static QuantizedWeights of(Tensor weight, @Nullable Tensor bias, float dataScale, int bits) {
        int most = (1 << (bits - 1)) - 1;
        int channels = Math.toIntExact(weight.shape().get(0));
        int perChannel = weight.values().length / channels;
        float[] scales = new float[channels];
        int[] weights = new int[weight.values().length];
        int[] biases = bias == null ? null : new int[channels];
        for (int c = 0; c < channels; c++) {
            double own = bias == null ? 0 : bias.values()[c];
            scales[c] = scale(weight.values(), c * perChannel, perChannel, most, own / dataScale);
            for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
                weights[i] = (int) Math.max(-most, Math.min(most, Math.rint(weight.values()[i] / scales[c])));
            }
            if (biases != null) {
                biases[c] = (int) Math.rint(own / ((double) dataScale * scales[c]));
            }
        }
        return new QuantizedWeights(scales, weights, biases);
    }

    private static float scale(float[] values, int from, int count, int most, double biasInDataSteps) {
        double largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float scale = (float) Math.max(largest / most, Math.abs(biasInDataSteps) / MAX_BIAS);
        return scale > 0 ? scale : 1; // a channel of zeros
    }

    /** The weights as floats again. */
    Node weightNode(Tensor weight) {
        Node zeros = new IntegerConstant(weight.name() + "_zero", List.of((long) scales.length), new int[scales.length])
                .node(ElementType.INT8);
        return new Node(
                new Dequantize(),
                List.of(
                        new IntegerConstant(weight.name() + "_int8", weight.shape(), weights).node(ElementType.INT8),
                        Node.constant(Tensor.vector(weight.name() + "_scales", scales)),
                        zeros),
                weight.shape(),
                ElementType.FLOAT32);
    }

    /** The biases as floats again. */
    Node biasNode(Tensor bias, float dataScale) {
        float[] products = new float[scales.length];
        for (int c = 0; c < products.length; c++) {
            products[c] = dataScale * scales[c];
        }
        int[] integers = biases == null ? new int[scales.length] : biases;
        Node zeros = new IntegerConstant(bias.name() + "_zero", bias.shape(), new int[scales.length])
                .node(ElementType.INT32);
        return new Node(
                new Dequantize(),
                List.of(
                        new IntegerConstant(bias.name() + "_int32", bias.shape(), integers).node(ElementType.INT32),
                        Node.constant(Tensor.vector(bias.name() + "_scales", products)),
                        zeros),
                bias.shape(),
                ElementType.FLOAT32);
    }
}
