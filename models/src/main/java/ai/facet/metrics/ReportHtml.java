package ai.facet.metrics;

import java.util.Locale;

/** The overview table, then one block per attribute. Every text from outside is escaped. */
final class ReportHtml {
    private static final String STYLE = """
            <style>
            .facet-metrics{font:15px/1.45 system-ui,sans-serif;color:#1c2430}
            .facet-metrics table{border-collapse:collapse;margin:.4em 0 1em;font-variant-numeric:tabular-nums}
            .facet-metrics th,.facet-metrics td{padding:.28em .7em;text-align:right}
            .facet-metrics th{font-weight:600;color:#4a5568;border-bottom:1px solid #cbd5e0}
            .facet-metrics tbody th,.facet-metrics td:first-child,.facet-metrics th:first-child{text-align:left}
            .facet-metrics tbody tr+tr td{border-top:1px solid #edf2f7}
            .facet-metrics .above{color:#22703c}.facet-metrics .below{color:#a8261d}.facet-metrics .unclear{color:#8a5a00}
            .facet-metrics .bar{position:relative;width:9em;height:.85em;background:#edf2f7;border-radius:2px}
            .facet-metrics .bar i{position:absolute;left:0;top:0;bottom:0;background:#3b73b9;border-radius:2px}
            .facet-metrics .bar b{position:absolute;top:-.2em;bottom:-.2em;width:2px;background:#1c2430}
            .facet-metrics .pair{display:flex;flex-wrap:wrap;gap:0 2.5em;align-items:flex-start}
            .facet-metrics .heat td{min-width:2.6em;text-align:center;border:1px solid #fff}
            .facet-metrics .heat tbody th{border:0;font-weight:400;color:#1c2430}
            .facet-metrics .heat thead th{font-weight:400;color:#1c2430;border:0;vertical-align:bottom}
            .facet-metrics .heat thead span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:11em}
            .facet-metrics caption{white-space:nowrap;caption-side:top;text-align:left;color:#4a5568;padding-bottom:.2em}
            .facet-metrics h3{margin:1.4em 0 .2em}
            .facet-metrics .hint{color:#4a5568;max-width:60em}
            @media(max-width:40em){.facet-metrics{overflow-x:auto}}
            </style>
            """;

    private static final String HINT = """
            <p class="hint">The dark mark in each bar is the majority rate: the accuracy of always giving the most \
            frequent answer. An accuracy counts only where its 95 % interval lies above it. Cal. error is how far stated \
            probabilities are from the truth (expected calibration error, 15 bins).</p>
            """;

    private static final String HEAD = "<thead><tr><th>attribute</th><th>images</th><th></th><th>accuracy</th>"
            + "<th>95 % interval</th><th>majority</th><th>vs majority</th><th>balanced</th><th>macro F1</th>"
            + "<th>log loss</th><th>cal. error</th></tr></thead>\n";

    private ReportHtml() {}

    static String of(EvaluationReport report) {
        StringBuilder out = new StringBuilder("<section class=\"facet-metrics\">\n").append(STYLE);
        out.append("<table>\n").append(HEAD).append("<tbody>\n");
        report.attributes().forEach(m -> appendRow(out, m));
        out.append("</tbody></table>\n").append(HINT);
        report.attributes().stream().filter(m -> m.images() > 0).forEach(m -> ReportHtmlAttribute.append(out, m));
        return out.append("</section>\n").toString();
    }

    private static void appendRow(StringBuilder out, AttributeMetrics m) {
        String verdict = m.verdict().text();
        String interval = Numbers.three(m.interval().low()) + " to "
                + Numbers.three(m.interval().high());
        out.append("<tr>");
        cell(out, HtmlEscape.text(m.attribute().title()));
        cell(out, String.format(Locale.ROOT, "%,d", m.images()));
        cell(out, m.images() == 0 ? "" : bar(m.accuracy(), m.majorityRate()));
        cell(out, Numbers.three(m.accuracy()));
        cell(out, m.images() == 0 ? Numbers.NONE : interval);
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
                "<div class=\"bar\"><i style=\"width:%.1f%%\"></i><b style=\"left:%.1f%%\"></b></div>",
                100 * accuracy,
                100 * majority);
    }
}
