package ai.facet.serve.inference;

/** What a model computes in. */
public enum Precision {
    /** 32-bit floats: {@code model.onnx}. */
    FP32("fp32"),
    /** 8-bit integers: {@code model.int8.onnx}. */
    INT8("int8");

    private final String id;

    Precision(String id) {
        this.id = id;
    }

    /** Its name in options, logs and metadata. */
    public String id() {
        return id;
    }
}
