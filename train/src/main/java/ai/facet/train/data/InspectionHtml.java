package ai.facet.train.data;

import ai.facet.annotations.DoubtfulClass;
import ai.facet.annotations.NearDuplicates;
import ai.facet.metrics.HtmlEscape;
import ai.facet.metrics.HtmlPage;
import ai.facet.metrics.HtmlTable;
import ai.facet.schema.Attribute;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.report.HtmlReport.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The findings as one HTML page. Every text from outside is escaped. */
final class InspectionHtml {
    private static final int SHOWN = 500;
    private static final int SHOWN_OPEN = 20;
    private static final int SHOWN_SIZES = 12;
    private static final List<String> ATTRIBUTES =
            List.of("attribute", "classes", "labelled", "missing", "majority", "imbalance");
    private static final String HINT = "<p class=\"hint\">Majority is the accuracy of always giving the most frequent"
            + " class; imbalance is the largest class over the smallest.</p>\n";

    private final Inspection inspection;

    private InspectionHtml(Inspection inspection) {
        this.inspection = inspection;
    }

    static String of(Inspection inspection) {
        InspectionHtml page = new InspectionHtml(inspection);
        return HtmlReport.page(
                inspection.name(),
                "What the data set holds, and what may be wrong with it.",
                page.facts(),
                page.sections(),
                HtmlPage.resource(InspectionHtml.class, "inspect.css"));
    }

    private Map<String, String> facts() {
        Duplicates duplicates = inspection.duplicates();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Rows", number(inspection.table().size()));
        facts.put("Attributes", number(attributes().size()));
        facts.put("Bad rows", number(inspection.problems().size()));
        facts.put("Doubtful classes", number(inspection.doubtfulClasses().size()));
        if (!inspection.scans().isEmpty()) {
            facts.put("Sets of copies", number(duplicates.exact().size()));
            facts.put("Near duplicates", number(duplicates.near().size()));
            facts.put("Contradictions", number(duplicates.conflicts().size()));
        }
        facts.put("Data hash", inspection.table().hash().substring(0, 16));
        return facts;
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Findings", findings()));
        sections.add(new Section("Attributes", attributeTable()));
        sections.add(new Section("Classes", bars()));
        if (!inspection.scans().isEmpty()) {
            sections.add(new Section("Image sizes", sizes()));
        }
        return sections;
    }

    private String findings() {
        Duplicates duplicates = inspection.duplicates();
        String lists = list("Bad rows", inspection.problems())
                + list(
                        "Doubtful classes",
                        inspection.doubtfulClasses().stream()
                                .map(InspectionHtml::text)
                                .toList())
                + list(
                        "Contradictions",
                        duplicates.conflicts().stream()
                                .map(c -> RowTexts.conflict(inspection.table(), c))
                                .toList())
                + list(
                        "Sets of copies",
                        duplicates.exact().stream().map(this::places).toList())
                + list(
                        "Near duplicates",
                        duplicates.near().stream().map(this::pair).toList());
        return lists.isEmpty() ? "<p>Every row is good, and nothing looks doubtful.</p>\n" : lists;
    }

    private static String text(DoubtfulClass doubtful) {
        return doubtful.attribute() + ": " + doubtful.text();
    }

    /** Nothing for no texts; open if there are few. */
    private static String list(String title, List<String> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder(texts.size() <= SHOWN_OPEN ? "<details open>" : "<details>")
                .append("<summary>" + title + ": " + number(texts.size()) + "</summary>\n<ol>\n");
        texts.stream()
                .limit(SHOWN)
                .forEach(text ->
                        html.append("<li>").append(HtmlEscape.text(text)).append("</li>\n"));
        html.append("</ol>\n");
        if (texts.size() > SHOWN) {
            html.append("<p class=\"hint\">and " + number(texts.size() - SHOWN) + " more in inspect.json</p>\n");
        }
        return html.append("</details>\n").toString();
    }

    private String attributeTable() {
        List<List<String>> rows = new ArrayList<>();
        for (int a = 0; a < attributes().size(); a++) {
            int missing = inspection.missing(a);
            rows.add(List.of(
                    attributes().get(a).title(),
                    number(attributes().get(a).classCount()),
                    number(inspection.table().size() - missing),
                    number(missing),
                    String.format(Locale.ROOT, "%.3f", inspection.majorityRate(a)),
                    String.format(Locale.ROOT, "%.1f : 1", inspection.imbalance(a))));
        }
        return HtmlTable.of(ATTRIBUTES, rows) + HINT;
    }

    private String bars() {
        StringBuilder html = new StringBuilder("<div class=\"grid\">\n");
        for (int a = 0; a < attributes().size(); a++) {
            html.append(bars(attributes().get(a), inspection.table().classCounts(a)));
        }
        return html.append("</div>\n").toString();
    }

    private static String bars(Attribute attribute, int[] counts) {
        StringBuilder html =
                new StringBuilder("<div><h3>" + HtmlEscape.text(attribute.title()) + "</h3>\n<div class=\"bars\">\n");
        int labelled = Math.max(1, Arrays.stream(counts).sum());
        for (int c = 0; c < counts.length; c++) {
            double percent = 100.0 * counts[c] / labelled;
            html.append(String.format(
                    Locale.ROOT,
                    "<span class=\"name\">%s</span><div class=\"gauge\"><i style=\"width:%.2f%%\"></i></div><span>%,d</span>"
                            + "<span>%.1f %%</span>\n",
                    HtmlEscape.text(attribute.classes().get(c)),
                    percent,
                    counts[c],
                    percent));
        }
        return html.append("</div></div>\n").toString();
    }

    private String sizes() {
        List<List<String>> rows = ImageSizes.mostFrequent(inspection.scans()).stream()
                .limit(SHOWN_SIZES)
                .map(size -> List.of(size.text(), number(size.count())))
                .toList();
        return "<p>" + ImageSizes.range(inspection.scans()) + "</p>\n" + HtmlTable.of(List.of("size", "images"), rows);
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
}
