package ai.facet.export.graph;

import java.util.List;

/**
 * The same values in another shape.
 *
 * @param target at most one {@link Node#BATCH}, which both formats read as "what is left": the batch stays dynamic
 */
public record Reshape(List<Long> target) implements Operation {
    @Override
    public String name() {
        return "reshape";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Reshape").withConstant(target));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.reshape(%s, %s)".formatted(in.get(0), TorchText.list(target));
    }
}
