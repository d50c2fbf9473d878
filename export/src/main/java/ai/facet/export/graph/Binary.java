package ai.facet.export.graph;

import java.util.List;
import java.util.Locale;

/** An element-wise operation on two inputs of one element type, with NumPy's broadcasting. */
public record Binary(Kind kind) implements Operation {
    /** Which one. */
    public enum Kind {
        ADD("Add", "add"),
        SUB("Sub", "sub"),
        MUL("Mul", "mul"),
        DIV("Div", "div"),
        MAX("Max", "maximum"),
        MIN("Min", "minimum"),
        POW("Pow", "pow");

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
        return "torch.%s(%s, %s)".formatted(kind.torch, in.get(0), in.get(1));
    }
}
