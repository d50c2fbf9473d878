package ai.facet.export.graph;

import java.util.List;

/** All inputs one behind the other along an axis. */
public record Concat(long axis) implements Operation {
    @Override
    public String name() {
        return "concat";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Concat").with("axis", axis));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.cat(%s, %s)".formatted(in, axis);
    }
}
