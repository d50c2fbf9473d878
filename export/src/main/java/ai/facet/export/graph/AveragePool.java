package ai.facet.export.graph;

import java.util.List;

/**
 * Mean of each window. Input: data {@code [N, C, ...]}.
 *
 * @param countPadding whether padded zeros count in the mean
 */
public record AveragePool(
        List<Long> kernel, List<Long> stride, List<Long> padding, boolean ceilMode, boolean countPadding)
        implements Operation {
    @Override
    public String name() {
        return "averagepool";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("AveragePool")
                .with("kernel_shape", kernel)
                .with("strides", stride)
                .with("pads", Windows.onnxPads(padding))
                .with("ceil_mode", ceilMode ? 1L : 0L)
                .with("count_include_pad", countPadding ? 1L : 0L));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.avg_pool%s(%s, %s, %s, %s, %s, %s)"
                .formatted(
                        TorchText.axes(kernel),
                        in.get(0),
                        kernel,
                        stride,
                        padding,
                        TorchText.bool(ceilMode),
                        TorchText.bool(countPadding));
    }
}
