package ai.facet.export.graph;

import java.util.List;

/** Largest value of each window. Input: data {@code [N, C, ...]}. */
public record MaxPool(List<Long> kernel, List<Long> stride, List<Long> padding, boolean ceilMode) implements Operation {
    @Override
    public String name() {
        return "maxpool";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("MaxPool")
                .with("kernel_shape", kernel)
                .with("strides", stride)
                .with("pads", Windows.onnxPads(padding))
                .with("ceil_mode", ceilMode ? 1L : 0L));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.max_pool%s(%s, %s, %s, %s, %s, %s)"
                .formatted(
                        TorchText.axes(kernel),
                        in.get(0),
                        kernel,
                        stride,
                        padding,
                        Windows.ones(kernel.size()),
                        TorchText.bool(ceilMode));
    }
}
