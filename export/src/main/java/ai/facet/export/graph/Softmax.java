package ai.facet.export.graph;

import java.util.List;

/** Softmax along one axis, or its logarithm. */
public record Softmax(long axis, boolean logarithm) implements Operation {
    @Override
    public String name() {
        return logarithm ? "logsoftmax" : "softmax";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of(logarithm ? "LogSoftmax" : "Softmax").with("axis", axis));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.%s(%s, %s)".formatted(logarithm ? "log_softmax" : "softmax", in.get(0), axis);
    }
}
