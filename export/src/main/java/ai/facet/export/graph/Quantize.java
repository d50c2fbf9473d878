package ai.facet.export.graph;

import java.util.List;

/**
 * {@code round(x / scale) + zeroPoint}, rounded half to even and cut to the zero point's type. Inputs: data, a scalar scale
 * and a scalar zero point, whose type is the result's. ONNX only.
 */
public record Quantize() implements Operation {
    @Override
    public String name() {
        return "quantize";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("QuantizeLinear"));
    }

    @Override
    public String torch(List<String> in) {
        throw new UnsupportedOperationException("quantised graphs are written as ONNX only");
    }
}
