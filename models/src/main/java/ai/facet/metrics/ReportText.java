package ai.facet.metrics;

import ai.facet.cli.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that commands print. */
final class ReportText {
    private static final List<String> TITLES = List.of(
            "attribute",
            "images",
            "accuracy",
            "95 % interval",
            "majority",
            "vs majority",
            "balanced",
            "macro F1",
            "log loss",
            "cal. error");

    private ReportText() {}

    static String table(EvaluationReport report) {
        TextTable table = new TextTable(TITLES);
        for (AttributeMetrics m : report.attributes()) {
            table.add(row(m));
        }
        table.addRule();
        table.add(means(report));
        return table.toString();
    }

    private static List<String> row(AttributeMetrics m) {
        return List.of(
                m.attribute().id(),
                String.format(Locale.ROOT, "%,d", m.images()),
                Numbers.three(m.accuracy()),
                m.interval().text(),
                Numbers.three(m.majorityRate()),
                m.verdict().text(),
                Numbers.three(m.balancedAccuracy()),
                Numbers.three(m.macroF1()),
                Numbers.three(m.scores().logLoss()),
                Numbers.three(m.scores().calibrationError()));
    }

    private static List<String> means(EvaluationReport report) {
        List<String> cells = new ArrayList<>(List.of("mean", String.format(Locale.ROOT, "%,d", report.images())));
        cells.add(Numbers.three(report.mean(AttributeMetrics::accuracy)));
        cells.add("");
        cells.add(Numbers.three(report.mean(AttributeMetrics::majorityRate)));
        cells.add("");
        cells.add(Numbers.three(report.mean(AttributeMetrics::balancedAccuracy)));
        cells.add(Numbers.three(report.mean(AttributeMetrics::macroF1)));
        cells.add(Numbers.three(report.mean(m -> m.scores().logLoss())));
        cells.add(Numbers.three(report.mean(m -> m.scores().calibrationError())));
        return cells;
    }
}
