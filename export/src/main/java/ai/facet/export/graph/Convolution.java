package ai.facet.export.graph;

import java.util.List;

/**
 * Convolution over one to three spatial axes. Inputs: data {@code [N, C, ...]}, weight {@code [out, C/groups, ...]}, and
 * a bias {@code [out]} if there is one.
 *
 * @param padding zeros on both sides of each axis
 */
public record Convolution(List<Long> stride, List<Long> padding, List<Long> dilation, long groups)
        implements Operation {
    @Override
    public String name() {
        return "convolution";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Conv")
                .with("strides", stride)
                .with("pads", Windows.onnxPads(padding))
                .with("dilations", dilation)
                .with("group", groups));
    }

    @Override
    public String torch(List<String> in) {
        String bias = in.size() > 2 ? in.get(2) : "None";
        return "torch.conv%s(%s, %s, %s, %s, %s, %s, %s)"
                .formatted(TorchText.axes(stride), in.get(0), in.get(1), bias, stride, padding, dilation, groups);
    }
}
