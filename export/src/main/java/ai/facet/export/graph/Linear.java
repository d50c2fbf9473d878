package ai.facet.export.graph;

import java.util.List;

/** {@code x * weight' + bias}. Inputs: data {@code [N, in]}, weight {@code [out, in]}, and a bias {@code [out]} if any. */
public record Linear() implements Operation {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Gemm").with("transB", 1L));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.linear(%s, %s, %s)".formatted(in.get(0), in.get(1), in.size() > 2 ? in.get(2) : "None");
    }
}
