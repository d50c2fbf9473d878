package ai.facet.export.graph;

import java.util.List;

/**
 * Mean over all spatial axes: {@code [N, C, ...] -> [N, C]}; DJL drops those axes, so do both formats.
 *
 * @param spatialAxes how many there are
 */
public record GlobalAveragePool(int spatialAxes) implements Operation {
    @Override
    public String name() {
        return "globalaveragepool";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("GlobalAveragePool"), OnnxStep.of("Flatten").with("axis", 1L));
    }

    @Override
    public String torch(List<String> in) {
        List<Long> one = Windows.ones(spatialAxes);
        return "torch.flatten(torch.adaptive_avg_pool%s(%s, %s), 1, -1)".formatted(TorchText.axes(one), in.get(0), one);
    }
}
