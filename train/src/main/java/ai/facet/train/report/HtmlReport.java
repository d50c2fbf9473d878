package ai.facet.train.report;

import ai.facet.metrics.HtmlEscape;
import ai.facet.metrics.HtmlPage;
import ai.facet.train.loop.EpochMetrics;
import java.util.List;
import java.util.Map;

/** The page {@code report.html} of a run, and pages of the same make. */
public final class HtmlReport {
    public static final String FILE = "report.html";

    private static final String STYLE = "report.css";

    private HtmlReport() {}

    /**
     * A part of the page below the facts.
     *
     * @param html safe HTML
     */
    public record Section(String title, String html) {}

    /**
     * A page.
     *
     * @param lead one sentence below the title
     * @param facts name and value, shown as cards
     */
    public static String page(String title, String lead, Map<String, String> facts, List<Section> sections) {
        return page(title, lead, facts, sections, "");
    }

    /** A page with more CSS than others. */
    public static String page(
            String title, String lead, Map<String, String> facts, List<Section> sections, String moreStyle) {
        StringBuilder body = new StringBuilder("<p class=\"lead\">" + HtmlEscape.text(lead) + "</p>\n");
        body.append(facts.isEmpty() ? "" : cards(facts));
        for (Section section : sections) {
            body.append("<h2>").append(HtmlEscape.text(section.title())).append("</h2>\n");
            body.append(section.html()).append('\n');
        }
        String style = Palette.css() + HtmlPage.resource(HtmlReport.class, STYLE) + moreStyle;
        return HtmlPage.of(title, style, body.toString());
    }

    private static String cards(Map<String, String> facts) {
        StringBuilder html = new StringBuilder("<dl class=\"facts\">\n");
        facts.forEach((name, value) -> html.append("<div><dt>")
                .append(HtmlEscape.text(name))
                .append("</dt><dd>")
                .append(HtmlEscape.text(value))
                .append("</dd></div>\n"));
        return html.append("</dl>\n").toString();
    }

    /** Loss and balanced accuracy over at least one epoch. */
    public static Section curves(List<EpochMetrics> history) {
        return new Section(
                "Curves",
                "<div class=\"charts\">\n<figure><figcaption>Loss, sum over attributes</figcaption>\n"
                        + SvgChart.ofLosses(Series.losses(history))
                        + "</figure>\n<figure><figcaption>Balanced accuracy on validation</figcaption>\n"
                        + SvgChart.ofRates(Series.balancedAccuracies(history))
                        + "</figure>\n</div>\n");
    }
}
