package ai.facet.export.graph;

import java.util.List;

/**
 * Axes in another order.
 *
 * @param order output axis {@code i} is input axis {@code order[i]}
 */
public record Transpose(List<Long> order) implements Operation {
    @Override
    public String name() {
        return "transpose";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Transpose").with("perm", order));
    }

    @Override
    public String torch(List<String> in) {
        // a view: for NHWC images this is channels_last, which a copy ("contiguous") would throw away
        return "torch.permute(%s, %s)".formatted(in.get(0), order);
    }
}
