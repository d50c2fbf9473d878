package ai.facet.train.report;

import ai.facet.train.loop.EpochMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page {@code report.html}: one file with everything inside, readable on light and dark screens, offline. */
public final class HtmlReport {
    public static final String FILE = "report.html";

    private static final String STYLE = "report.css";

    private HtmlReport() {}

    /**
     * A part of the page below the curves.
     *
     * @param html safe HTML
     */
    public record Section(String title, String html) {}

    /**
     * The page of a run.
     *
     * @param lead one sentence below the title
     * @param facts name and value, shown as cards
     * @param history at least one epoch
     */
    public static String page(
            String title, String lead, Map<String, String> facts, List<EpochMetrics> history, List<Section> sections) {
        List<Section> all = new ArrayList<>(List.of(new Section("Curves", curves(history))));
        all.addAll(sections);
        return page(title, lead, facts, all);
    }

    /** A page without curves. */
    public static String page(String title, String lead, Map<String, String> facts, List<Section> sections) {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Html.escape(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(Html.escape(title))
                .append("</h1>\n<p class=\"lead\">")
                .append(Html.escape(lead))
                .append("</p>\n");
        appendFacts(html, facts);
        for (Section section : sections) {
            html.append("<h2>").append(Html.escape(section.title())).append("</h2>\n");
            html.append(section.html()).append('\n');
        }
        return html.append(
                        "<footer>Made by Facet. Nothing on this page comes from elsewhere.</footer>\n</body>\n</html>\n")
                .toString();
    }

    private static void appendFacts(StringBuilder html, Map<String, String> facts) {
        html.append("<dl class=\"facts\">\n");
        facts.forEach((name, value) -> html.append("<div><dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd></div>\n"));
        html.append("</dl>\n");
    }

    private static String curves(List<EpochMetrics> history) {
        return "<div class=\"charts\">\n<figure><figcaption>Loss, sum over attributes</figcaption>\n"
                + SvgChart.ofLosses(Series.losses(history))
                + "</figure>\n<figure><figcaption>Balanced accuracy on validation</figcaption>\n"
                + SvgChart.ofRates(Series.balancedAccuracies(history))
                + "</figure>\n</div>\n";
    }

    static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            return new String(Objects.requireNonNull(in, STYLE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
