package ai.facet.calibration;

import ai.facet.cli.TextTable;
import ai.facet.description.Calibration;
import ai.facet.metrics.AttributeMetrics;
import ai.facet.metrics.ProbabilityScores;
import ai.facet.prediction.Softmax;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What calibration did to each attribute of a network.
 *
 * @param attributes in schema order
 * @param unsureRisk the largest share of wrong answers among those given that was asked for; 0: none was
 */
public record NetworkCalibration(List<Entry> attributes, double unsureRisk) {
    public NetworkCalibration {
        attributes = List.copyOf(attributes);
    }

    /**
     * One attribute.
     *
     * @param calibration to be stored in the model
     * @param coverage the share of answers that are not withheld
     * @param errorRate of those; NaN if all are withheld
     * @param pictures that have a label
     */
    public record Entry(
            Attribute attribute,
            Calibration calibration,
            ProbabilityScores before,
            ProbabilityScores after,
            Reliability reliabilityBefore,
            Reliability reliabilityAfter,
            double coverage,
            double errorRate,
            int pictures) {
        private static final double VISIBLE = 0.005;

        private boolean isSilent() {
            return pictures > 0 && coverage == 0;
        }

        private boolean roseVisibly() {
            return after.calibrationError() > before.calibrationError() + VISIBLE;
        }
    }

    /**
     * Fits temperatures and thresholds. Use pictures that were not trained on.
     *
     * @param labels {@code [pictures][attributes]}, negative where missing
     * @param logits one array per attribute: {@code [pictures, classes]}
     * @param unsureRisk the largest share of wrong answers among those given; 0 never withholds one
     */
    public static NetworkCalibration fit(AttributeSchema schema, int[][] labels, float[][] logits, double unsureRisk) {
        List<Entry> entries = new ArrayList<>();
        for (int a = 0; a < schema.size(); a++) {
            int attribute = a;
            int[] own = Arrays.stream(labels).mapToInt(row -> row[attribute]).toArray();
            entries.add(fit(schema.attributes().get(a), own, logits[a], unsureRisk));
        }
        return new NetworkCalibration(entries, unsureRisk);
    }

    private static Entry fit(Attribute attribute, int[] labels, float[] logits, double unsureRisk) {
        int classes = attribute.classCount();
        double temperature = TemperatureScaling.fit(classes, labels, logits);
        float[] before = Softmax.rows(classes, logits, 1);
        float[] after = Softmax.rows(classes, logits, temperature);
        SelectiveRisk risk = SelectiveRisk.choose(classes, labels, after, unsureRisk);
        return new Entry(
                attribute,
                new Calibration(temperature, risk.unsureBelow()),
                AttributeMetrics.of(attribute, labels, before).scores(),
                AttributeMetrics.of(attribute, labels, after).scores(),
                Reliability.of(classes, labels, before),
                Reliability.of(classes, labels, after),
                risk.coverage(),
                risk.errorRate(),
                (int) Arrays.stream(labels).filter(label -> label >= 0).count());
    }

    /** What a model stores, in schema order. */
    public List<Calibration> calibrations() {
        return attributes.stream().map(Entry::calibration).toList();
    }

    /** A table for terminals, with a line feed at the end. */
    public String toText() {
        TextTable table = new TextTable(List.of(
                "attribute",
                "temperature",
                "log loss before",
                "after",
                "cal. error before",
                "after",
                "unsure below",
                "answered"));
        for (Entry e : attributes) {
            table.add(List.of(
                    e.attribute.id(),
                    number("%.3f", e.calibration.temperature()),
                    number("%.3f", e.before.logLoss()),
                    number("%.3f", e.after.logLoss()),
                    number("%.3f", e.before.calibrationError()),
                    number("%.3f", e.after.calibrationError()),
                    e.calibration.unsureBelow() == 0 ? "never" : number("%.3f", e.calibration.unsureBelow()),
                    number("%.1f %%", 100 * e.coverage)));
        }
        StringBuilder text = new StringBuilder(table.toString());
        notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    /** What the figures do not say by themselves: attributes that now answer nothing, and errors that rose. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        attributes.stream().filter(Entry::isSilent).map(this::silence).forEach(notes::add);
        List<String> worse = attributes.stream()
                .filter(Entry::roseVisibly)
                .map(e -> e.attribute.id())
                .toList();
        if (!worse.isEmpty()) {
            notes.add(
                    "the calibration error of " + String.join(", ", worse) + " rose. Temperatures are fitted to the log"
                            + " loss, which weighs every probability; the calibration error, a sum over ten bins, can rise by"
                            + " chance, the more so with few pictures");
        }
        return notes;
    }

    private String silence(Entry e) {
        return String.format(
                Locale.ROOT,
                "%s answers \"unsure\" to everything: no threshold keeps the wrong answers below %s %% with 95 %% confidence"
                        + " on %,d pictures; that takes at least %,d answers above a threshold without a single error. Use"
                        + " more pictures (facet calibrate) or a larger --unsure-risk",
                e.attribute.id(),
                number("%.3g", 100 * unsureRisk),
                e.pictures,
                SelectiveRisk.fewestAnswers(unsureRisk));
    }

    /** A JSON value. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Entry e : attributes) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("temperature", e.calibration.temperature());
            entry.put("unsureBelow", e.calibration.unsureBelow());
            entry.put("coverage", e.coverage);
            entry.put("errorRate", Double.isNaN(e.errorRate) ? null : (Double) e.errorRate);
            entry.put("calibrationErrorBefore", finite(e.before.calibrationError()));
            entry.put("calibrationError", finite(e.after.calibrationError()));
            entry.put("logLossBefore", finite(e.before.logLoss()));
            entry.put("logLoss", finite(e.after.logLoss()));
            json.put(e.attribute.id(), entry);
        }
        return json;
    }

    private static @org.jspecify.annotations.Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
