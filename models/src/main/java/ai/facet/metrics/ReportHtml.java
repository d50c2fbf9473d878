package ai.facet.metrics;

import java.util.Locale;

/** The overview table, then one block per attribute. Every text from outside is escaped. */
final class ReportHtml {
    private static final String HINT = """
            <p class="hint">The mark in each bar is the majority rate: the accuracy of always giving the most \
            frequent answer. An accuracy counts only where its 95 % interval lies above it. Cal. error is how far stated \
            probabilities are from the truth (expected calibration error, 15 bins).</p>
            """;

    private static final String HEAD = "<thead><tr><th>attribute</th><th>images</th><th>accuracy</th><th></th>"
            + "<th>95 % interval</th><th>majority</th><th>vs majority</th><th>balanced</th><th>macro F1</th>"
            + "<th>log loss</th><th>cal. error</th></tr></thead>\n";

    private ReportHtml() {}

    static String of(EvaluationReport report) {
        StringBuilder out = new StringBuilder("<section>\n<div class=\"wide\"><table class=\"data\">\n");
        out.append(HEAD).append("<tbody>\n");
        report.attributes().forEach(m -> appendRow(out, m));
        out.append("</tbody></table></div>\n").append(HINT);
        report.attributes().stream().filter(m -> m.images() > 0).forEach(m -> ReportHtmlAttribute.append(out, m));
        return out.append("</section>\n").toString();
    }

    private static void appendRow(StringBuilder out, AttributeMetrics m) {
        String verdict = m.verdict().text();
        out.append("<tr>");
        cell(out, HtmlEscape.text(m.attribute().title()));
        cell(out, String.format(Locale.ROOT, "%,d", m.images()));
        cell(out, Numbers.three(m.accuracy()));
        cell(out, m.images() == 0 ? "" : bar(m.accuracy(), m.majorityRate()));
        cell(out, m.interval().text());
        cell(out, Numbers.three(m.majorityRate()));
        cell(out, "<span class=\"" + verdict + "\">" + verdict + "</span>");
        cell(out, Numbers.three(m.balancedAccuracy()));
        cell(out, Numbers.three(m.macroF1()));
        cell(out, Numbers.three(m.scores().logLoss()));
        cell(out, Numbers.three(m.scores().calibrationError()));
        out.append("</tr>\n");
    }

    private static void cell(StringBuilder out, String html) {
        out.append("<td>").append(html).append("</td>");
    }

    private static String bar(double accuracy, double majority) {
        return String.format(
                Locale.ROOT,
                "<div class=\"gauge\"><i style=\"width:%.1f%%\"></i><b style=\"left:%.1f%%\"></b></div>",
                100 * accuracy,
                100 * majority);
    }
}
