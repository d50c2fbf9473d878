package ai.facet.serve.openinference;

import ai.facet.description.ModelDescription;
import ai.facet.json.Base64Text;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a body of {@code POST /v2/models/{model}/infer} asks. Parameters are optional by the specification and none is
 * known here, so they are passed over.
 *
 * @param id to be given back, null for none
 * @param pictures encoded, one or more
 * @param outputs names of the wanted outputs, in the wanted order
 */
public record InferenceRequest(@Nullable String id, List<byte[]> pictures, List<String> outputs) {
    static final String INPUT = "image";
    static final String INPUT_TYPE = "BYTES";

    /**
     * Reads a request.
     *
     * @param maxPictures more are refused
     * @throws JsonException saying where the request is wrong and what is expected
     */
    public static InferenceRequest parse(JsonObject json, ModelDescription model, int maxPictures) {
        List<JsonObject> inputs = json.objects("inputs");
        if (inputs.size() != 1) {
            throw json.error("inputs", "has " + inputs.size() + " tensors; expected one called " + INPUT);
        }
        return new InferenceRequest(
                json.has("id") ? json.string("id") : null,
                pictures(inputs.get(0), maxPictures),
                new OutputTensors(model.schema()).selected(json));
    }

    private static List<byte[]> pictures(JsonObject input, int maxPictures) {
        require(input, "name", INPUT);
        require(input, "datatype", INPUT_TYPE);
        List<String> data = input.strings("data");
        if (!input.numbers("shape").equals(List.of((double) data.size()))) {
            throw input.error(
                    "shape", "does not fit " + data.size() + " texts in data; expected [" + data.size() + "]");
        }
        if (data.isEmpty() || data.size() > maxPictures) {
            throw input.error(
                    "data",
                    "has " + data.size() + " pictures; expected 1 to " + maxPictures
                            + " (the smaller of --max-batch and --queue)");
        }
        List<byte[]> pictures = new ArrayList<>();
        for (String base64 : data) {
            pictures.add(Base64Text.decode(base64, input.place() + ".data[" + pictures.size() + "]"));
        }
        return pictures;
    }

    private static void require(JsonObject input, String key, String expected) {
        String found = input.string(key);
        if (!found.equals(expected)) {
            throw input.error(key, "is \"" + found + "\"; expected \"" + expected + "\"");
        }
    }
}
