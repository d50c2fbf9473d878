package ai.facet.export.graph;

import java.util.List;

/** Values below {@code min} become {@code min}, above {@code max} become {@code max}; relu6 is 0 to 6. */
public record Clip(float min, float max) implements Operation {
    @Override
    public String name() {
        return "clip";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Clip").withConstant(min).withConstant(max));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.clamp(%s, %s, %s)".formatted(in.get(0), TorchText.number(min), TorchText.number(max));
    }
}
