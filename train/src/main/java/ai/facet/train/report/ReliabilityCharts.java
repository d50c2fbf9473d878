package ai.facet.train.report;

import ai.facet.calibration.NetworkCalibration;
import ai.facet.calibration.NetworkCalibration.Entry;
import ai.facet.calibration.Reliability;
import ai.facet.calibration.Reliability.Bin;
import ai.facet.cli.Plural;
import ai.facet.metrics.HtmlEscape;
import java.util.Locale;

/** A reliability diagram for each attribute: dots on the diagonal mean what they say. */
public final class ReliabilityCharts {
    private static final int SIDE = 190;
    private static final int LEFT = 30;
    private static final int TOP = 8;
    private static final int BOTTOM = 24;
    private static final double LARGEST_DOT = 9;

    private ReliabilityCharts() {}

    /** Safe HTML. */
    public static String html(NetworkCalibration calibration) {
        StringBuilder html =
                new StringBuilder("<p>How often answers are right (upwards) by the probability that goes with"
                        + " them (to the right). Dots on the diagonal mean what they say; larger dots stand for more pictures."
                        + " Hollow: before calibration. It was fitted on these very pictures, so on others the dots scatter"
                        + " more.</p>\n<div class=\"reliability\">\n");
        for (Entry entry : calibration.attributes()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<figure><figcaption>%s</figcaption>\n%s<p class=\"legend\"><span>temperature <b>%.2f</b></span>"
                            + " <span>error <b>%.3f</b>, before %.3f</span>%s</p></figure>\n",
                    HtmlEscape.text(entry.attribute().title()),
                    svg(entry),
                    entry.calibration().temperature(),
                    entry.after().calibrationError(),
                    entry.before().calibrationError(),
                    unsure(entry)));
        }
        html.append("</div>\n");
        calibration
                .notes()
                .forEach(
                        note -> html.append("<p>").append(HtmlEscape.text(note)).append(".</p>\n"));
        return html.toString();
    }

    private static String unsure(Entry entry) {
        double below = entry.calibration().unsureBelow();
        return below == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " <span>unsure below <b>%.2f</b>, answers %.0f %%</span>",
                        below,
                        100 * entry.coverage());
    }

    private static String svg(Entry entry) {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Reliability of %s\">\n",
                LEFT + SIDE + 12,
                TOP + SIDE + BOTTOM,
                HtmlEscape.text(entry.attribute().title())));
        for (double tick : new double[] {0, 0.5, 1}) {
            line(svg, "grid", tick, tick, 0, 1);
            add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>", LEFT - 4, y(tick) + 4, tick);
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>",
                    x(tick),
                    TOP + SIDE + BOTTOM - 6,
                    tick);
        }
        line(svg, "diagonal", 0, 1, 0, 1);
        dots(svg, entry.reliabilityBefore(), "before");
        dots(svg, entry.reliabilityAfter(), "after");
        return svg.append("</svg>\n").toString();
    }

    private static void line(StringBuilder svg, String style, double fromY, double toY, double fromX, double toX) {
        add(
                svg,
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                style,
                x(fromX),
                x(toX),
                y(fromY),
                y(toY));
    }

    private static void dots(StringBuilder svg, Reliability reliability, String style) {
        int all = reliability.bins().stream().mapToInt(Bin::pictures).sum();
        for (Bin bin : reliability.bins()) {
            add(
                    svg,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s, probability %.2f,"
                            + " right %.2f</title></circle>",
                    style,
                    x(bin.probability()),
                    y(bin.accuracy()),
                    Math.max(2, LARGEST_DOT * Math.sqrt((double) bin.pictures() / all)),
                    Plural.of(bin.pictures(), "picture"),
                    bin.probability(),
                    bin.accuracy());
        }
    }

    private static double x(double part) {
        return LEFT + part * SIDE;
    }

    private static double y(double part) {
        return TOP + (1 - part) * SIDE;
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
