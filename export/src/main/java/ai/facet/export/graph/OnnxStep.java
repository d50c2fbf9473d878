package ai.facet.export.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One ONNX node to be written.
 *
 * @param type the operator's name in the default domain, opset 17
 * @param attributes values are {@link Long}, {@link Float} or {@code List<Long>}
 * @param constants further inputs behind the graph's: {@code List<Long>} is an int64 vector, {@link Float} a scalar
 */
public record OnnxStep(String type, Map<String, Object> attributes, List<Object> constants) {
    public OnnxStep {
        attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        constants = List.copyOf(constants);
    }

    static OnnxStep of(String type) {
        return new OnnxStep(type, Map.of(), List.of());
    }

    OnnxStep with(String attribute, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new OnnxStep(type, more, constants);
    }

    OnnxStep withConstant(Object value) {
        List<Object> more = new java.util.ArrayList<>(constants);
        more.add(value);
        return new OnnxStep(type, attributes, more);
    }
}
