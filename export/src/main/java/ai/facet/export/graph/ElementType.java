package ai.facet.export.graph;

/** Element types that graphs hold, with their codes in both formats. */
public enum ElementType {
    UINT8(2, 0),
    INT8(3, 1),
    INT32(6, 3),
    FLOAT32(1, 6);

    private final int onnxCode;
    private final int torchCode;

    ElementType(int onnxCode, int torchCode) {
        this.onnxCode = onnxCode;
        this.torchCode = torchCode;
    }

    /** {@code TensorProto.DataType} in onnx-ml.proto. */
    public int onnxCode() {
        return onnxCode;
    }

    /** {@code c10::ScalarType}. */
    public int torchCode() {
        return torchCode;
    }
}
