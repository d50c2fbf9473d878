package ai.facet.metrics;

import java.util.List;
import java.util.Locale;

/** One attribute in the HTML report: confusion matrix as heat map, measures per class beside it. */
final class ReportHtmlAttribute {
    private static final String ZERO = "<td class=\"zero\">\u00b7</td>";

    private ReportHtmlAttribute() {}

    static void append(StringBuilder out, AttributeMetrics m) {
        out.append("<h3>").append(HtmlEscape.text(m.attribute().title())).append("</h3>\n<div class=\"pair\">\n");
        appendConfusion(out, m);
        appendClasses(out, m);
        out.append("</div>\n");
    }

    private static void appendConfusion(StringBuilder out, AttributeMetrics m) {
        List<String> classes = m.attribute().classes();
        out.append("<div class=\"wide\"><table class=\"data heat\"><caption>rows: true, columns: predicted</caption>")
                .append("<thead><tr><th></th>");
        classes.forEach(c -> out.append("<th><span>").append(HtmlEscape.text(c)).append("</span></th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (int actual = 0; actual < classes.size(); actual++) {
            out.append("<tr><th>").append(HtmlEscape.text(classes.get(actual))).append("</th>");
            for (int predicted = 0; predicted < classes.size(); predicted++) {
                out.append(heat(m.confusion(), actual, predicted));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private static String heat(ConfusionMatrix confusion, int actual, int predicted) {
        int count = confusion.count(actual, predicted);
        double percent = 100.0 * count / Math.max(1, confusion.support(actual));
        return count == 0
                ? ZERO
                : String.format(
                        Locale.ROOT,
                        "<td class=\"%s\" style=\"--share:%.1f%%\" title=\"%.1f %% of the true class\">%,d</td>",
                        actual == predicted ? "hit" : "miss",
                        percent,
                        percent,
                        count);
    }

    private static void appendClasses(StringBuilder out, AttributeMetrics m) {
        out.append("<div class=\"wide\"><table class=\"data\"><caption>per class, with 95 % intervals</caption>")
                .append("<thead><tr><th>class</th><th>images</th><th>precision</th><th></th><th>recall</th><th></th>")
                .append("<th>F1</th></tr></thead>\n<tbody>\n");
        for (int c = 0; c < m.confusion().classCount(); c++) {
            out.append(classRow(m.attribute().classes().get(c), m.confusion(), c));
        }
        out.append("</tbody></table></div>\n");
    }

    private static String classRow(String name, ConfusionMatrix confusion, int c) {
        return String.format(
                Locale.ROOT,
                "<tr><td>%s</td><td>%,d</td>%s%s<td>%.3f</td></tr>\n",
                HtmlEscape.text(name),
                confusion.support(c),
                rate(confusion.precision(c), confusion.count(c, c), confusion.predictions(c)),
                rate(confusion.recall(c), confusion.count(c, c), confusion.support(c)),
                confusion.f1(c));
    }

    private static String rate(double value, int part, int whole) {
        String interval = WilsonInterval.of(part, whole).text();
        return String.format(Locale.ROOT, "<td>%.3f</td><td><small>%s</small></td>", value, interval);
    }
}
