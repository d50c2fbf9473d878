package ai.facet.serve.inference;

import ai.facet.description.ModelDescription;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.prediction.Prediction;
import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers about a batch: one array for each attribute, in schema order.
 *
 * @param model what gave them, for error messages: its file
 * @param logits {@code [batch, classes]}, before temperature
 * @param probabilities {@code [batch, classes]}, calibrated
 * @param classMaps {@code [batch, classes, rows, columns]}; no arrays if the model gives none
 */
public record BatchOutput(String model, List<float[]> logits, List<float[]> probabilities, List<float[]> classMaps) {
    public BatchOutput {
        logits = List.copyOf(logits);
        probabilities = List.copyOf(probabilities);
        classMaps = List.copyOf(classMaps);
    }

    /** Without class maps. */
    public BatchOutput(String model, List<float[]> logits, List<float[]> probabilities) {
        this(model, logits, probabilities, List.of());
    }

    /**
     * The answers about one picture of the batch.
     *
     * @throws NonFiniteOutputException naming the model if it answered with NaN or infinity
     */
    public Prediction prediction(ModelDescription description, int index) {
        try {
            return finite(description, index);
        } catch (NonFiniteOutputException e) {
            throw e.from(model);
        }
    }

    private Prediction finite(ModelDescription description, int index) {
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
