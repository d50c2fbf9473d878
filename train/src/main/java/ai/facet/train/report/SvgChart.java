package ai.facet.train.report;

import ai.facet.metrics.HtmlEscape;
import java.util.List;
import java.util.Locale;

/** A line chart as inline SVG; text and grid take the page's colours, so it suits light and dark pages. */
final class SvgChart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 300;
    private static final int LEFT = 46;
    private static final int TOP = 10;
    private static final int BOTTOM = 34;
    private static final int RIGHT = 12;
    private static final int TICKS = 5;

    private final List<Series> series;
    private final double low;
    private final double high;
    private final int epochs;

    private SvgChart(List<Series> series, double low, double high) {
        this.series = series;
        this.low = low;
        this.high = high;
        this.epochs = series.get(0).values().size();
    }

    /** Loss curves: from zero to the highest value. */
    static String ofLosses(List<Series> series) {
        double high = series.stream()
                .flatMap(s -> s.values().stream())
                .mapToDouble(d -> d)
                .max()
                .orElse(1);
        return new SvgChart(series, 0, Math.max(high, 1e-9)).draw("Loss over epochs");
    }

    /** Rates between 0 and 1. */
    static String ofRates(List<Series> series) {
        return new SvgChart(series, 0, 1).draw("Balanced accuracy over epochs");
    }

    private String draw(String label) {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                WIDTH,
                HEIGHT,
                HtmlEscape.text(label)));
        grid(svg);
        for (int i = 0; i < series.size(); i++) {
            curve(svg, series.get(i), Palette.variable(i));
        }
        return svg.append("</svg>\n").append(legend()).toString();
    }

    private void grid(StringBuilder svg) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = low + (high - low) * tick / TICKS;
            line(
                    svg,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    WIDTH - RIGHT,
                    y(value),
                    y(value));
            line(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>", LEFT - 6, y(value) + 4, value);
        }
        int step = Math.max(1, (epochs + 9) / 10);
        for (int epoch = 1; epoch <= epochs; epoch += step) {
            line(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", x(epoch), HEIGHT - 16, epoch);
        }
        line(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">epoch</text>", WIDTH - RIGHT, HEIGHT - 2);
    }

    private void curve(StringBuilder svg, Series curve, String colour) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.values().size(); i++) {
            points.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x(i + 1), y(curve.values().get(i))));
        }
        line(
                svg,
                "<polyline class=\"curve\" style=\"stroke:%s\" points=\"%s\"><title>%s</title></polyline>",
                colour,
                points.toString().strip(),
                HtmlEscape.text(curve.name()));
        double last = curve.values().get(curve.values().size() - 1);
        line(svg, "<circle style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", colour, x(epochs), y(last));
    }

    private String legend() {
        StringBuilder html = new StringBuilder("<p class=\"legend\">");
        for (int i = 0; i < series.size(); i++) {
            Series curve = series.get(i);
            double last = curve.values().get(curve.values().size() - 1);
            html.append(String.format(
                    Locale.ROOT,
                    "<span><i style=\"background:%s\"></i>%s <b>%.3f</b></span> ",
                    Palette.variable(i),
                    HtmlEscape.text(curve.name()),
                    last));
        }
        return html.append("</p>\n").toString();
    }

    private double x(int epoch) {
        double part = epochs == 1 ? 0.5 : (epoch - 1.0) / (epochs - 1);
        return LEFT + part * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double part = (Math.min(high, Math.max(low, value)) - low) / (high - low);
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
