package ai.facet.train.explain;

import ai.facet.metrics.HtmlEscape;
import ai.facet.schema.Attribute;
import ai.facet.train.report.HtmlReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The page {@code explain.html}: one file with everything inside, readable on light and dark screens, offline. */
final class ExplainPage {
    static final String FILE = "explain.html";

    private static final String SAFE_FOOTER =
            "<footer>Made by Facet. Nothing on this page comes from elsewhere.</footer>\n</body>\n</html>\n";

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
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(HtmlEscape.text(title))
                .append("</title>\n<style>\n")
                .append(style(HtmlReport.class, "report.css"))
                .append(style(ExplainPage.class, "explain.css"))
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(HtmlEscape.text(title))
                .append(
                        "</h1>\n<p class=\"lead\">Where the network looks for each answer: bright places speak for the class,"
                                + " each picture scaled to its own brightest. Heat is evidence of where, not of why.</p>\n<dl class=\"facts\">\n");
        facts.forEach((name, value) -> html.append("<div><dt>")
                .append(HtmlEscape.text(name))
                .append("</dt><dd>")
                .append(HtmlEscape.text(value))
                .append("</dd></div>\n"));
        html.append("</dl>\n");
        if (regions != null) {
            html.append(
                            "<h2>Heat inside the fitting region</h2>\n<p>The share of each attribute's heat inside the region"
                                    + " where the attribute shows, beside the region's share of the picture: what heat without any aim"
                                    + " would give. &plusmn; is the 95&nbsp;% interval of their difference.</p>\n")
                    .append(regions.toHtml());
        }
        html.append("<h2>Pictures</h2>\n<div class=\"heats\"><table><tr><th>picture</th>");
        attributes.forEach(
                a -> html.append("<th>").append(HtmlEscape.text(a.title())).append("</th>"));
        html.append("</tr>\n").append(rows).append("</table></div>\n");
        if (mistakes != null) {
            appendMistakes(html, mistakes);
        }
        return html.append(SAFE_FOOTER).toString();
    }

    private void appendMistakes(StringBuilder html, Mistakes mistakes) throws IOException {
        html.append(
                "<h2>Most confident mistakes</h2>\n<p>The wrong answers that the network was surest of, with the heat"
                        + " that speaks for them. Some are wrong labels.</p>\n");
        for (Map.Entry<Attribute, Mistakes.Tally> entry : mistakes.tallies().entrySet()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<h3>%s <small>%d of %d wrong</small></h3>\n<div class=\"mistakes\">\n",
                    HtmlEscape.text(entry.getKey().title()),
                    entry.getValue().wrong(),
                    entry.getValue().labelled()));
            for (Mistakes.Mistake mistake : mistakes.of(entry.getKey())) {
                html.append("<figure><div><img alt=\"\" src=\"")
                        .append(Images.jpegUri(
                                overlay.picture(mistake.explanation().pixelsHwc())))
                        .append("\"></div><div>")
                        .append(tile(mistake.explanation(), mistake.heat()))
                        .append("</div><figcaption>")
                        .append(HtmlEscape.text(mistake.explanation().name()))
                        .append("</figcaption></figure>\n");
            }
            html.append("</div>\n");
        }
    }

    private static String style(Class<?> owner, String name) throws IOException {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
