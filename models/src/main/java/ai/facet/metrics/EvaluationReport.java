package ai.facet.metrics;

import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The measures of all attributes on one set of images.
 *
 * @param images the size of the set
 * @param attributes in schema order
 */
public record EvaluationReport(int images, List<AttributeMetrics> attributes) {
    public EvaluationReport {
        attributes = List.copyOf(attributes);
    }

    /**
     * Measures.
     *
     * @param labels one array per image with one class per attribute, negative if missing
     * @param probabilities one array per attribute: {@code [images, classes]}
     */
    public static EvaluationReport of(AttributeSchema schema, List<int[]> labels, List<float[]> probabilities) {
        List<AttributeMetrics> metrics = new ArrayList<>();
        for (int a = 0; a < schema.size(); a++) {
            int attribute = a;
            int[] own = labels.stream().mapToInt(row -> row[attribute]).toArray();
            metrics.add(AttributeMetrics.of(schema.attributes().get(a), own, probabilities.get(a)));
        }
        return new EvaluationReport(labels.size(), metrics);
    }

    /** The mean over the attributes that have labels; NaN if none has. */
    public double mean(ToDoubleFunction<AttributeMetrics> measure) {
        return attributes.stream()
                .filter(a -> a.images() > 0)
                .mapToDouble(measure)
                .average()
                .orElse(Double.NaN);
    }

    /** A table for terminals, with a line feed at the end. */
    public String toText() {
        return ReportText.table(this);
    }

    /** A JSON value with every measure, classes and confusion matrices. */
    public Map<String, Object> toJson() {
        return ReportJson.of(this);
    }

    /** One row per attribute under a line of titles. */
    public String toCsv() {
        return ReportCsv.of(this);
    }

    /** A {@code <section>} for the body of an {@link HtmlPage}. */
    public String toHtml() {
        return ReportHtml.of(this);
    }
}
