package ai.facet.export.graph;

import java.util.List;

/** {@code x} where positive, {@code slope * x} elsewhere. */
public record LeakyRelu(float slope) implements Operation {
    @Override
    public String name() {
        return "leakyrelu";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("LeakyRelu").with("alpha", slope));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.leaky_relu(%s, %s)".formatted(in.get(0), TorchText.number(slope));
    }
}
