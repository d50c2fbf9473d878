package ai.facet.export.graph;

import java.util.List;

/** A computed value, with its rendering in both formats. Inputs are in the order that each operation states. */
public sealed interface Operation extends Op
        permits AveragePool,
                BatchNorm,
                Binary,
                Cast,
                Clip,
                Concat,
                Convolution,
                Dequantize,
                GlobalAveragePool,
                Identity,
                LeakyRelu,
                Linear,
                MatMul,
                MaxPool,
                Mean,
                Quantize,
                Reshape,
                Softmax,
                Transpose,
                Unary {

    /** The name that people read in summaries and node names, in lower case. */
    String name();

    /** ONNX nodes (opset 17) in a row: the first reads this node's inputs, each further one its predecessor. */
    List<OnnxStep> onnx();

    /**
     * The TorchScript expression.
     *
     * @param in the expressions of this node's inputs
     */
    String torch(List<String> in);
}
