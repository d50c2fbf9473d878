package ai.facet.train.data;

import ai.facet.annotations.NearDuplicates;
import ai.facet.metrics.HtmlEscape;
import ai.facet.schema.Attribute;
import java.util.List;
import java.util.Locale;

/** The findings as one HTML page without scripts or outside files. Every text from outside is escaped. */
final class InspectionHtml {
    private static final int SHOWN = 500;

    private static final String STYLE = """
            <style>
            body{font:15px/1.5 system-ui,sans-serif;color:#1c2430;max-width:72em;margin:2em auto;padding:0 1.2em}
            h1{margin-bottom:.1em;overflow-wrap:anywhere}h2{margin-top:1.8em}.quiet{color:#4a5568}
            code{font-size:.86em;overflow-wrap:anywhere}
            .cards{display:flex;flex-wrap:wrap;gap:.8em;margin:1.2em 0}
            .card{border:1px solid #d5dde8;border-radius:6px;padding:.5em 1em;min-width:7em}
            .card b{display:block;font-size:1.5em}.card.bad{border-color:#c0392b;background:#fdf1ef}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums}
            th,td{padding:.25em .8em;text-align:right}th{color:#4a5568;border-bottom:1px solid #cbd5e0}
            th:first-child,td:first-child{text-align:left}tr+tr td{border-top:1px solid #edf2f7}
            .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(30em,1fr));gap:.4em 2.5em}
            @media(max-width:36em){.grid{grid-template-columns:1fr}}.grid h3{margin:1em 0 .3em}
            .bar{display:grid;grid-template-columns:10em 1fr 7.5em;gap:.6em;align-items:center;font-size:.93em}
            .bar span:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
            .bar span:last-child{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .bar i{display:block;height:.8em;background:#3b73b9;border-radius:2px;min-width:1px}
            li{overflow-wrap:anywhere}details{margin:.6em 0}summary{cursor:pointer;font-weight:600}
            </style>
            """;

    private final Inspection inspection;
    private final StringBuilder out = new StringBuilder();

    private InspectionHtml(Inspection inspection) {
        this.inspection = inspection;
    }

    static String of(Inspection inspection) {
        InspectionHtml page = new InspectionHtml(inspection);
        String title = HtmlEscape.text(inspection.name());
        page.out
                .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
                .append(title)
                .append(" - data inspection</title>\n")
                .append(STYLE)
                .append("</head><body>\n<h1>")
                .append(title)
                .append("</h1>\n<p class=\"quiet\">data hash <code>")
                .append(inspection.table().hash())
                .append("</code></p>\n");
        page.appendCards();
        page.appendOverview();
        page.appendBars();
        page.appendSizes();
        page.appendLists();
        return page.out.append("</body></html>\n").toString();
    }

    private void appendCards() {
        Duplicates duplicates = inspection.duplicates();
        out.append("<div class=\"cards\">");
        card("rows", inspection.table().size(), false);
        card("attributes", attributes().size(), false);
        card("bad rows", inspection.problems().size(), !inspection.problems().isEmpty());
        if (!inspection.scans().isEmpty()) {
            card("sets of copies", duplicates.exact().size(), false);
            card("near duplicates", duplicates.near().size(), false);
            card(
                    "contradictions",
                    duplicates.conflicts().size(),
                    !duplicates.conflicts().isEmpty());
        }
        out.append("</div>\n");
    }

    private void card(String name, int count, boolean bad) {
        add("<div class=\"card%s\"><b>%,d</b>%s</div>", bad ? " bad" : "", count, name);
    }

    private void appendOverview() {
        out.append("<h2>Attributes</h2>\n<table><thead><tr><th>attribute</th><th>classes</th><th>labelled</th>")
                .append("<th>missing</th><th>majority</th><th>imbalance</th></tr></thead><tbody>\n");
        for (int a = 0; a < attributes().size(); a++) {
            int missing = inspection.missing(a);
            add(
                    "<tr><td>%s</td><td>%d</td><td>%,d</td><td>%,d</td><td>%.3f</td><td>%.1f : 1</td></tr>\n",
                    HtmlEscape.text(attributes().get(a).title()),
                    attributes().get(a).classCount(),
                    inspection.table().size() - missing,
                    missing,
                    inspection.majorityRate(a),
                    inspection.imbalance(a));
        }
        out.append("</tbody></table>\n<p class=\"quiet\">Majority is the accuracy of always giving the most frequent ")
                .append("class; imbalance is the largest class over the smallest.</p>\n");
    }

    private void appendBars() {
        out.append("<h2>Classes</h2>\n<div class=\"grid\">\n");
        for (int a = 0; a < attributes().size(); a++) {
            int[] counts = inspection.table().classCounts(a);
            int labelled = Math.max(1, inspection.table().size() - inspection.missing(a));
            add("<div><h3>%s</h3>\n", HtmlEscape.text(attributes().get(a).title()));
            for (int c = 0; c < counts.length; c++) {
                String name = HtmlEscape.text(attributes().get(a).classes().get(c));
                double percent = 100.0 * counts[c] / labelled;
                add(
                        "<div class=\"bar\"><span title=\"%s\">%s</span><span><i style=\"width:%.2f%%\"></i></span>",
                        name, name, percent);
                add("<span>%,d (%.1f %%)</span></div>\n", counts[c], percent);
            }
            out.append("</div>\n");
        }
        out.append("</div>\n");
    }

    private void appendSizes() {
        List<ImageSizes.Size> sizes = ImageSizes.mostFrequent(inspection.scans());
        if (!sizes.isEmpty()) {
            add("<h2>Image sizes</h2>\n<p>%s</p>\n<table>", ImageSizes.range(inspection.scans()));
            sizes.stream().limit(12).forEach(s -> add("<tr><td>%s</td><td>%,d</td></tr>\n", s.text(), s.count()));
            out.append("</table>\n");
        }
    }

    private void appendLists() {
        Duplicates duplicates = inspection.duplicates();
        out.append("<h2>Findings</h2>\n");
        list("Bad rows", inspection.problems(), true);
        if (!inspection.scans().isEmpty()) {
            list(
                    "Contradictions",
                    duplicates.conflicts().stream()
                            .map(c -> RowTexts.conflict(inspection.table(), c))
                            .toList(),
                    true);
            list("Sets of copies", duplicates.exact().stream().map(this::places).toList(), false);
            list("Near duplicates", duplicates.near().stream().map(this::pair).toList(), false);
        }
    }

    private void list(String title, List<String> texts, boolean open) {
        add("<details%s><summary>%s: %,d</summary>\n<ol>\n", open ? " open" : "", title, texts.size());
        texts.stream()
                .limit(SHOWN)
                .forEach(
                        text -> out.append("<li>").append(HtmlEscape.text(text)).append("</li>\n"));
        out.append("</ol>\n");
        if (texts.size() > SHOWN) {
            add("<p class=\"quiet\">and %,d more in inspect.json</p>\n", texts.size() - SHOWN);
        }
        out.append("</details>\n");
    }

    private String places(List<Integer> rows) {
        return String.join(
                ", ",
                rows.stream()
                        .map(row -> RowTexts.place(inspection.table(), row))
                        .toList());
    }

    private String pair(NearDuplicates.Pair pair) {
        return String.format(
                Locale.ROOT,
                "%s, %s: %d of 64 bits, colour %.1f of 255",
                RowTexts.place(inspection.table(), pair.first()),
                RowTexts.place(inspection.table(), pair.second()),
                pair.bits(),
                pair.colour());
    }

    private List<Attribute> attributes() {
        return inspection.table().schema().attributes();
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
