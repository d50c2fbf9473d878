package ai.facet.train.explain;

import ai.facet.metrics.HtmlEscape;
import ai.facet.metrics.HtmlPage;
import ai.facet.schema.Attribute;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.report.HtmlReport.Section;
import ai.facet.train.report.Images;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page {@code explain.html}. */
final class ExplainPage {
    static final String FILE = "explain.html";

    private static final String LEAD =
            "Where the network looks for each answer: bright places speak for the class, each"
                    + " picture scaled to its own brightest. Heat is evidence of where, not of why.";
    private static final String REGIONS = "<p>The share of each attribute's heat inside the region where the attribute"
            + " shows, beside the region's share of the picture: what heat without any aim would give. &plusmn; is the"
            + " 95&nbsp;% interval of their difference.</p>\n";
    private static final String MISTAKES =
            "<p>The wrong answers that the network was surest of, with the heat that speaks"
                    + " for them. Some are wrong labels.</p>\n";

    private final HeatOverlay overlay;
    private final List<Attribute> attributes;
    private final StringBuilder rows = new StringBuilder();
    private final List<Object> json = new ArrayList<>();

    /** @param attributes the columns */
    ExplainPage(HeatOverlay overlay, List<Attribute> attributes) {
        this.overlay = overlay;
        this.attributes = List.copyOf(attributes);
    }

    /** Adds a picture's row. */
    void add(Explanation explanation) throws IOException {
        rows.append("<tr><th><img alt=\"\" src=\"")
                .append(Images.jpegUri(overlay.picture(explanation.pixelsHwc())))
                .append("\"><span>")
                .append(HtmlEscape.text(explanation.name()))
                .append("</span></th>\n");
        for (AttributeHeat heat : explanation.attributes()) {
            rows.append("<td>").append(tile(explanation, heat)).append("</td>\n");
        }
        rows.append("</tr>\n");
        json.add(json(explanation));
    }

    private String tile(Explanation explanation, AttributeHeat heat) throws IOException {
        return "<img alt=\"heat\" src=\"" + Images.jpegUri(overlay.heat(explanation.pixelsHwc(), heat.heat()))
                + "\"><span class=\"" + (!heat.labelled() ? "unknown" : heat.wrong() ? "wrong" : "right") + "\">"
                + HtmlEscape.text(heat.prediction().className())
                + String.format(
                        Locale.ROOT,
                        " <small>%.0f %%</small></span>",
                        100 * heat.prediction().probability())
                + (heat.wrong() ? "<small>is " + HtmlEscape.text(heat.labelClass()) + "</small>" : "")
                + (heat.explained() == heat.prediction().classIndex()
                        ? ""
                        : "<small>heat for " + HtmlEscape.text(heat.explainedClass()) + "</small>")
                + (heat.heat().peak() == 0 ? "<small>nothing speaks for it</small>" : "");
    }

    private static Map<String, Object> json(Explanation explanation) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (AttributeHeat heat : explanation.attributes()) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("class", heat.prediction().className());
            answer.put("probability", heat.prediction().probability());
            answer.put("label", heat.labelled() ? heat.labelClass() : null);
            answer.put("explained", heat.explainedClass());
            answer.put("rows", heat.heat().rows());
            answer.put("columns", heat.heat().columns());
            answer.put("heat", floats(heat.heat().values()));
            answers.put(heat.attribute().id(), answer);
        }
        Map<String, Object> picture = new LinkedHashMap<>();
        picture.put("image", explanation.image().path().toString());
        picture.put("attributes", answers);
        return picture;
    }

    private static List<Float> floats(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    /** The drawn pictures' answers and heat as JSON values. */
    List<Object> json() {
        return json;
    }

    /**
     * The whole page.
     *
     * @param facts name and value, shown as cards
     */
    String html(String title, Map<String, String> facts, @Nullable RegionReport regions, @Nullable Mistakes mistakes)
            throws IOException {
        List<Section> sections = new ArrayList<>();
        if (regions != null) {
            sections.add(new Section("Heat inside the fitting region", REGIONS + regions.toHtml()));
        }
        sections.add(new Section("Pictures", pictures()));
        if (mistakes != null) {
            sections.add(new Section("Most confident mistakes", mistakes(mistakes)));
        }
        return HtmlReport.page(title, LEAD, facts, sections, HtmlPage.resource(ExplainPage.class, "explain.css"));
    }

    private String pictures() {
        StringBuilder html = new StringBuilder("<div class=\"heats\"><table><tr><th>picture</th>");
        attributes.forEach(
                a -> html.append("<th>").append(HtmlEscape.text(a.title())).append("</th>"));
        return html.append("</tr>\n").append(rows).append("</table></div>\n").toString();
    }

    private String mistakes(Mistakes mistakes) throws IOException {
        StringBuilder html = new StringBuilder(MISTAKES);
        for (Map.Entry<Attribute, Mistakes.Tally> entry : mistakes.tallies().entrySet()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<h3>%s <small>%d of %d wrong</small></h3>\n<div class=\"mistakes\">\n",
                    HtmlEscape.text(entry.getKey().title()),
                    entry.getValue().wrong(),
                    entry.getValue().labelled()));
            for (Mistakes.Mistake mistake : mistakes.of(entry.getKey())) {
                html.append(figure(mistake));
            }
            html.append("</div>\n");
        }
        return html.toString();
    }

    private String figure(Mistakes.Mistake mistake) throws IOException {
        Explanation explanation = mistake.explanation();
        return "<figure><div><img alt=\"\" src=\"" + Images.jpegUri(overlay.picture(explanation.pixelsHwc()))
                + "\"></div><div>" + tile(explanation, mistake.heat()) + "</div><figcaption>"
                + HtmlEscape.text(explanation.name()) + "</figcaption></figure>\n";
    }
}
