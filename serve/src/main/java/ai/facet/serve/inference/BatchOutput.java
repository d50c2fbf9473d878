package ai.facet.serve.inference;

import ai.facet.description.ModelDescription;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Prediction;
import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers about a batch: one array for each attribute, in schema order.
 *
 * @param logits {@code [batch, classes]}, before temperature
 * @param probabilities {@code [batch, classes]}, calibrated
 * @param classMaps {@code [batch, classes, rows, columns]}; no arrays if the model gives none
 */
public record BatchOutput(List<float[]> logits, List<float[]> probabilities, List<float[]> classMaps) {
    public BatchOutput {
        logits = List.copyOf(logits);
        probabilities = List.copyOf(probabilities);
        classMaps = List.copyOf(classMaps);
    }

    /** Without class maps. */
    public BatchOutput(List<float[]> logits, List<float[]> probabilities) {
        this(logits, probabilities, List.of());
    }

    /** The answers about one picture of the batch. */
    public Prediction prediction(ModelDescription description, int index) {
        List<AttributePrediction> answers = new ArrayList<>();
        for (int i = 0; i < probabilities.size(); i++) {
            Attribute attribute = description.schema().attributes().get(i);
            int classes = attribute.classCount();
            float[] own = Arrays.copyOfRange(probabilities.get(i), index * classes, (index + 1) * classes);
            answers.add(AttributePrediction.of(
                    attribute, own, description.calibration().get(i).unsureBelow()));
        }
        return new Prediction(answers);
    }
}
