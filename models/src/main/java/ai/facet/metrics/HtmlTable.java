package ai.facet.metrics;

import java.util.List;

/** A table of texts for an {@link HtmlPage}: the first column to the left, the others to the right. */
public final class HtmlTable {
    private HtmlTable() {}

    /** Safe HTML. */
    public static String of(List<String> titles, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"data\"><thead>");
        html.append(row(titles, "th")).append("</thead><tbody>\n");
        rows.forEach(cells -> html.append(row(cells, "td")));
        return html.append("</tbody></table></div>\n").toString();
    }

    private static String row(List<String> cells, String tag) {
        StringBuilder html = new StringBuilder("<tr>");
        for (String cell : cells) {
            html.append("<" + tag + ">" + HtmlEscape.text(cell) + "</" + tag + ">");
        }
        return html.append("</tr>\n").toString();
    }
}
