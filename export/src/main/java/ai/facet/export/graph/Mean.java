package ai.facet.export.graph;

import java.util.List;

/** Mean over axes, which stay with size 1 if kept. */
public record Mean(List<Long> axes, boolean keepAxes) implements Operation {
    @Override
    public String name() {
        return "mean";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("ReduceMean").with("axes", axes).with("keepdims", keepAxes ? 1L : 0L));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.mean(%s, %s, %s)".formatted(in.get(0), axes, TorchText.bool(keepAxes));
    }
}
