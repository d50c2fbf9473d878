package ai.facet.metrics;

import java.util.List;
import java.util.Locale;

/** One attribute in the HTML report: confusion matrix as heat map, measures per class beside it. */
final class ReportHtmlAttribute {
    /** Above this share of its row a cell is dark enough for white text. */
    private static final double WHITE_TEXT = 0.7;

    private ReportHtmlAttribute() {}

    static void append(StringBuilder out, AttributeMetrics m) {
        out.append("<h3>").append(HtmlEscape.text(m.attribute().title())).append("</h3>\n<div class=\"pair\">\n");
        appendConfusion(out, m);
        appendClasses(out, m);
        out.append("</div>\n");
    }

    private static void appendConfusion(StringBuilder out, AttributeMetrics m) {
        List<String> classes = m.attribute().classes();
        out.append("<table class=\"heat\"><caption>rows: true, columns: predicted</caption><thead><tr><th></th>");
        classes.forEach(c -> out.append("<th><span>").append(HtmlEscape.text(c)).append("</span></th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (int actual = 0; actual < classes.size(); actual++) {
            out.append("<tr><th>").append(HtmlEscape.text(classes.get(actual))).append("</th>");
            for (int predicted = 0; predicted < classes.size(); predicted++) {
                appendHeat(
                        out,
                        m.confusion().count(actual, predicted),
                        m.confusion().support(actual));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private static void appendHeat(StringBuilder out, int count, int support) {
        double share = support == 0 ? 0 : (double) count / support;
        out.append(String.format(
                Locale.ROOT,
                "<td style=\"background:rgba(29,88,160,%.3f)%s\" title=\"%.1f %% of the true class\">%,d</td>",
                0.05 + 0.9 * share,
                share > WHITE_TEXT ? ";color:#fff" : "",
                100 * share,
                count));
    }

    private static void appendClasses(StringBuilder out, AttributeMetrics m) {
        ConfusionMatrix confusion = m.confusion();
        out.append("<table><caption>per class</caption><thead><tr><th>class</th><th>images</th><th>precision</th>")
                .append("<th>recall</th><th>F1</th></tr></thead>\n<tbody>\n");
        for (int c = 0; c < confusion.classCount(); c++) {
            out.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td>%,d</td><td>%.3f</td><td>%.3f</td><td>%.3f</td></tr>\n",
                    HtmlEscape.text(m.attribute().classes().get(c)),
                    confusion.support(c),
                    confusion.precision(c),
                    confusion.recall(c),
                    confusion.f1(c)));
        }
        out.append("</tbody></table>\n");
    }
}
