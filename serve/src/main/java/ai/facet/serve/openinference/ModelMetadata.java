package ai.facet.serve.openinference;

import ai.facet.description.ModelDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's inputs and outputs. */
public final class ModelMetadata {
    private static final String PLATFORM = "onnx_onnxv1"; // the specification's name for ONNX

    private ModelMetadata() {}

    /**
     * The JSON value, which may be added to.
     *
     * @param name the model's in URLs
     * @param versions that are served under it
     */
    public static Map<String, Object> json(String name, List<String> versions, ModelDescription model) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", InferenceRequest.INPUT);
        input.put("datatype", InferenceRequest.INPUT_TYPE);
        input.put("shape", List.of(-1));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("versions", versions);
        json.put("platform", PLATFORM);
        json.put("inputs", List.of(input));
        json.put("outputs", new OutputTensors(model.schema()).metadata());
        return json;
    }
}
