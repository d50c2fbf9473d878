package ai.facet.serve.openinference;

import ai.facet.description.ModelDescription;
import ai.facet.prediction.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of an answer to an {@link InferenceRequest}. */
public final class InferenceResponse {
    private InferenceResponse() {}

    /**
     * The JSON value.
     *
     * @param name the model's in URLs
     * @param predictions one for each picture of the request, in its order
     */
    public static Map<String, Object> json(
            String name,
            String version,
            ModelDescription model,
            InferenceRequest request,
            List<Prediction> predictions) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model_name", name);
        json.put("model_version", version);
        if (request.id() != null) {
            json.put("id", request.id());
        }
        json.put("outputs", new OutputTensors(model.schema()).response(request.outputs(), predictions));
        return json;
    }
}
