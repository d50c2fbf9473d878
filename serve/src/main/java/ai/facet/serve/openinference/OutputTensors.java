package ai.facet.serve.openinference;

import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Prediction;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outputs of a model, in schema order, three for each attribute. */
final class OutputTensors {
    private final Map<String, Source> byName = new LinkedHashMap<>();

    /** An output, and where in a prediction its attribute stands. */
    private record Source(int attribute, OutputTensor tensor) {}

    OutputTensors(AttributeSchema schema) {
        for (int i = 0; i < schema.size(); i++) {
            for (OutputTensor tensor : of(schema.attributes().get(i))) {
                byName.put(tensor.name(), new Source(i, tensor));
            }
        }
    }

    private static List<OutputTensor> of(Attribute attribute) {
        String id = attribute.id();
        return List.of(
                new OutputTensor(id, "BYTES", List.of(), answer -> List.of(answer.className())),
                new OutputTensor(
                        id + ".probabilities", "FP32", List.of(attribute.classCount()), OutputTensors::probabilities),
                new OutputTensor(id + ".unsure", "BOOL", List.of(), answer -> List.of(answer.unsure())));
    }

    private static List<Float> probabilities(AttributePrediction answer) {
        List<Float> list = new ArrayList<>(answer.probabilities().length);
        for (float probability : answer.probabilities()) {
            list.add(probability);
        }
        return list;
    }

    List<Map<String, Object>> metadata() {
        return byName.values().stream()
                .map(source -> source.tensor().metadata())
                .toList();
    }

    /**
     * The names that a request selects, in its order; all of them if it selects none.
     *
     * @throws JsonException naming an output that does not exist
     */
    List<String> selected(JsonObject request) {
        if (!request.has("outputs")) {
            return List.copyOf(byName.keySet());
        }
        List<String> names = new ArrayList<>();
        for (JsonObject output : request.objects("outputs")) {
            String name = output.string("name");
            if (!byName.containsKey(name)) {
                throw output.error("name", "there is no output \"" + name + "\"; expected one of " + byName.keySet());
            }
            names.add(name);
        }
        return names;
    }

    /** @param names as {@link #selected} gave them */
    List<Map<String, Object>> response(List<String> names, List<Prediction> predictions) {
        return names.stream()
                .map(byName::get)
                .map(source -> source.tensor()
                        .response(predictions.stream()
                                .map(prediction -> prediction.attributes().get(source.attribute()))
                                .toList()))
                .toList();
    }
}
