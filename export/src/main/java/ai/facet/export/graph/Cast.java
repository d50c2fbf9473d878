package ai.facet.export.graph;

import java.util.List;

/** Conversion to another element type. */
public record Cast(ElementType to) implements Operation {
    @Override
    public String name() {
        return "cast";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Cast").with("to", (long) to.onnxCode()));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.to(%s, %s)".formatted(in.get(0), to.torchCode());
    }
}
