package ai.facet.export.graph;

import java.util.List;

/**
 * The same value again.
 *
 * @param from what the Block called, for example {@code dropout}
 */
public record Identity(String from) implements Operation {
    @Override
    public String name() {
        return "identity";
    }

    @Override
    public List<OnnxStep> onnx() {
        return List.of(OnnxStep.of("Identity"));
    }

    @Override
    public String torch(List<String> in) {
        return in.get(0);
    }
}
