package ai.facet.metrics;

import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.prediction.Softmax;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers labels and outputs batch by batch. Not thread-safe. */
public final class EvaluationCollector {
    private final AttributeSchema schema;
    private final List<int[]> labels = new ArrayList<>();
    private final List<float[]> probabilities = new ArrayList<>();

    public EvaluationCollector(AttributeSchema schema) {
        this.schema = schema;
        schema.attributes().forEach(attribute -> probabilities.add(new float[0]));
    }

    /**
     * Adds a batch of probabilities.
     *
     * @param batchLabels one array per image with one class per attribute, negative if missing
     * @param batchProbabilities one array per attribute: {@code [batch, classes]}
     * @throws NonFiniteOutputException if one is not a finite number
     */
    public void add(List<int[]> batchLabels, List<float[]> batchProbabilities) {
        for (int a = 0; a < schema.size(); a++) {
            int classes = schema.attributes().get(a).classCount();
            NonFiniteOutputException.check(schema.attributes().get(a), batchProbabilities.get(a));
            append(a, labels.size() * classes, batchProbabilities.get(a));
        }
        labels.addAll(batchLabels);
    }

    /**
     * As {@link #add} for logits {@code [batch, classes]}.
     *
     * @param temperatures one per attribute; 1 for plain softmax
     */
    public void addLogits(List<int[]> batchLabels, List<float[]> batchLogits, List<Double> temperatures) {
        List<float[]> converted = new ArrayList<>();
        for (int a = 0; a < schema.size(); a++) {
            int classes = schema.attributes().get(a).classCount();
            converted.add(Softmax.rows(classes, batchLogits.get(a), temperatures.get(a)));
        }
        add(batchLabels, converted);
    }

    public EvaluationReport report() {
        List<float[]> exact = new ArrayList<>();
        for (int a = 0; a < schema.size(); a++) {
            int length = labels.size() * schema.attributes().get(a).classCount();
            exact.add(Arrays.copyOf(probabilities.get(a), length));
        }
        return EvaluationReport.of(schema, labels, exact);
    }

    /** Doubles the buffer when it is full. */
    private void append(int attribute, int used, float[] more) {
        float[] buffer = probabilities.get(attribute);
        if (buffer.length < used + more.length) {
            buffer = Arrays.copyOf(buffer, Math.max(used + more.length, 2 * buffer.length));
            probabilities.set(attribute, buffer);
        }
        System.arraycopy(more, 0, buffer, used, more.length);
    }
}
