package ai.facet.export.graph;

import java.util.List;
import java.util.Locale;

/** An element-wise function without settings. */
public record Unary(Kind kind) implements Operation {
    /** Which one. */
    public enum Kind {
        RELU("Relu", "relu"),
        SIGMOID("Sigmoid", "sigmoid"),
        TANH("Tanh", "tanh"),
        EXP("Exp", "exp"),
        LOG("Log", "log"),
        SQRT("Sqrt", "sqrt"),
        ABS("Abs", "abs"),
        NEG("Neg", "neg"),
        ERF("Erf", "erf"),
        SOFT_PLUS("Softplus", "softplus");

        private final String onnx;
        private final String torch;

        Kind(String onnx, String torch) {
            this.onnx = onnx;
            this.torch = torch;
        }
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of(kind.onnx));
    }

    @Override
    public String torch(List<String> in) {
        return "torch.%s(%s)".formatted(kind.torch, in.get(0));
    }
}
