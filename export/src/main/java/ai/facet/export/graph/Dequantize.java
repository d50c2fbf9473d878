package ai.facet.export.graph;

import java.util.List;

/**
 * {@code (x - zeroPoint) * scale}. Inputs: integers, a scale and a zero point of the integers' type; either scalars, or
 * vectors with one value for each index of axis 0. ONNX only.
 */
public record Dequantize() implements Operation {
    @Override
    public String name() {
        return "dequantize";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("DequantizeLinear").with("axis", 0L));
    }

    @Override
    public String torch(List<String> in) {
        throw new UnsupportedOperationException("quantised graphs are written as ONNX only");
    }
}
