package ai.facet.export.graph;

/** Element types that graphs hold, with their codes in both formats. */
public enum ElementType {
    UINT8(2, 0, 1),
    INT8(3, 1, 1),
    INT32(6, 3, 4),
    FLOAT16(10, 5, 2),
    FLOAT32(1, 6, 4);

    private final int onnxCode;
    private final int torchCode;
    private final int bytes;

    ElementType(int onnxCode, int torchCode, int bytes) {
        this.onnxCode = onnxCode;
        this.torchCode = torchCode;
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
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
