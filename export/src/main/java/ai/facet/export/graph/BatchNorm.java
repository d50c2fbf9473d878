package ai.facet.export.graph;

import java.util.List;

/**
 * {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta} per channel (axis 1) with stored statistics. Inputs:
 * data, gamma, beta, mean, variance.
 */
public record BatchNorm(float epsilon) implements Operation {
    @Override
    public String name() {
        return "batchnorm";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("BatchNormalization").with("epsilon", epsilon));
    }

    @Override
    public String torch(List<String> in) {
        // arguments: training False, momentum (unused then), epsilon, cudnn True
        return "torch.batch_norm(%s, %s, %s, %s, %s, False, 0.1, %s, True)"
                .formatted(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), TorchText.number(epsilon));
    }
}
