package ai.facet.metrics;

import java.util.Locale;

/** One CSV row per attribute; ids need no quoting. */
final class ReportCsv {
    private static final String TITLES = "attribute,images,missing,accuracy,accuracy_low95,accuracy_high95,"
            + "majority_rate,balanced_accuracy,macro_f1,log_loss,calibration_error\n";

    private ReportCsv() {}

    static String of(EvaluationReport report) {
        StringBuilder out = new StringBuilder(TITLES);
        report.attributes().forEach(m -> appendRow(out, m));
        return out.toString();
    }

    private static void appendRow(StringBuilder out, AttributeMetrics m) {
        out.append(m.attribute().id())
                .append(',')
                .append(m.images())
                .append(',')
                .append(m.missing());
        double[] values = {
            m.accuracy(),
            m.interval().low(),
            m.interval().high(),
            m.majorityRate(),
            m.balancedAccuracy(),
            m.macroF1(),
            m.scores().logLoss(),
            m.scores().calibrationError()
        };
        for (double value : values) {
            out.append(',').append(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value));
        }
        out.append('\n');
    }
}
