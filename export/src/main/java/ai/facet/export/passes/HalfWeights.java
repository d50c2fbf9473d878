package ai.facet.export.passes;

import ai.facet.export.graph.Cast;
import ai.facet.export.graph.Constant;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Tensor;
import ai.onnxruntime.platform.Fp16Conversions;
import java.util.List;

/**
 * Large constants in 16 bits (IEEE 754 binary16, rounded half to even), converted back where they are read: half the file;
 * the arithmetic stays in 32 bits. ONNX Runtime converts once, when it loads.
 */
final class HalfWeights implements Rewriter {
    /** Biases and scales of normalisation weigh little in a file and much in a result. */
    private static final int LEAST_VALUES = 256;

    @Override
    public Node rewrite(Node node, Context context) {
        if (!(node.op() instanceof Constant constant) || constant.tensor().values().length < LEAST_VALUES) {
            return node;
        }
        Tensor tensor = constant.tensor();
        float[] rounded = new float[tensor.values().length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(tensor.values()[i]));
            if (!Float.isFinite(rounded[i])) {
                throw new IllegalArgumentException("weight " + tensor.name() + " holds " + tensor.values()[i]
                        + "; expected values up to 65504 for --fp16");
            }
        }
        Node half = new Node(
                new Constant(tensor.withValues(tensor.name(), rounded)),
                List.of(),
                tensor.shape(),
                ElementType.FLOAT16);
        return new Node(new Cast(ElementType.FLOAT32), List.of(half), tensor.shape(), ElementType.FLOAT32);
    }
}
