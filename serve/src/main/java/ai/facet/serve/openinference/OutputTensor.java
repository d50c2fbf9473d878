package ai.facet.serve.openinference;

import ai.facet.prediction.AttributePrediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One output of a model.
 *
 * @param rowShape of one picture's part; none for a scalar
 * @param row one picture's values, flat
 */
record OutputTensor(String name, String datatype, List<Integer> rowShape, Function<AttributePrediction, List<?>> row) {

    /** For metadata: the number of pictures varies. */
    Map<String, Object> metadata() {
        return json(-1);
    }

    /** With the values of a batch. */
    Map<String, Object> response(List<AttributePrediction> answers) {
        Map<String, Object> json = json(answers.size());
        List<Object> data = new ArrayList<>();
        answers.forEach(answer -> data.addAll(row.apply(answer)));
        json.put("data", data);
        return json;
    }

    private Map<String, Object> json(int batch) {
        List<Integer> shape = new ArrayList<>();
        shape.add(batch);
        shape.addAll(rowShape);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("datatype", datatype);
        json.put("shape", shape);
        return json;
    }
}
