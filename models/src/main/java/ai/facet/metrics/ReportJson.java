package ai.facet.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as a JSON value; a measure without images is {@code null}. */
final class ReportJson {
    private ReportJson() {}

    static Map<String, Object> of(EvaluationReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("images", report.images());
        Map<String, @Nullable Object> means = new LinkedHashMap<>();
        means.put("accuracy", number(report.mean(AttributeMetrics::accuracy)));
        means.put("majorityRate", number(report.mean(AttributeMetrics::majorityRate)));
        means.put("balancedAccuracy", number(report.mean(AttributeMetrics::balancedAccuracy)));
        means.put("macroF1", number(report.mean(AttributeMetrics::macroF1)));
        json.put("mean", means);
        json.put(
                "attributes",
                report.attributes().stream().map(ReportJson::attribute).toList());
        return json;
    }

    private static Map<String, @Nullable Object> attribute(AttributeMetrics m) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", m.attribute().id());
        json.put("title", m.attribute().title());
        json.put("images", m.images());
        json.put("missing", m.missing());
        json.put("accuracy", number(m.accuracy()));
        interval(json, "accuracy", m.interval());
        json.put("majorityRate", number(m.majorityRate()));
        json.put("verdict", m.verdict().text());
        json.put("balancedAccuracy", number(m.balancedAccuracy()));
        json.put("macroF1", number(m.macroF1()));
        json.put("logLoss", number(m.scores().logLoss()));
        json.put("calibrationError", number(m.scores().calibrationError()));
        json.put("classes", classes(m));
        json.put("confusion", confusion(m.confusion()));
        return json;
    }

    private static List<Map<String, @Nullable Object>> classes(AttributeMetrics m) {
        List<Map<String, @Nullable Object>> classes = new ArrayList<>();
        ConfusionMatrix confusion = m.confusion();
        for (int c = 0; c < confusion.classCount(); c++) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("class", m.attribute().classes().get(c));
            json.put("support", confusion.support(c));
            json.put("precision", confusion.precision(c));
            interval(json, "precision", WilsonInterval.of(confusion.count(c, c), confusion.predictions(c)));
            json.put("recall", confusion.recall(c));
            interval(json, "recall", WilsonInterval.of(confusion.count(c, c), confusion.support(c)));
            json.put("f1", confusion.f1(c));
            classes.add(json);
        }
        return classes;
    }

    private static void interval(Map<String, @Nullable Object> json, String measure, WilsonInterval interval) {
        json.put(measure + "Low95", number(interval.low()));
        json.put(measure + "High95", number(interval.high()));
    }

    /** Rows are the true classes. */
    private static List<List<Integer>> confusion(ConfusionMatrix confusion) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int actual = 0; actual < confusion.classCount(); actual++) {
            List<Integer> row = new ArrayList<>();
            for (int predicted = 0; predicted < confusion.classCount(); predicted++) {
                row.add(confusion.count(actual, predicted));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
