package ai.facet.export.graph;

import java.util.List;

/** Matrix product of two inputs with NumPy's broadcasting. */
public record MatMul() implements Operation {
    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("MatMul"));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.matmul(%s, %s)".formatted(in.get(0), in.get(1));
    }
}
