package ai.facet.train.report;

import ai.facet.train.sweep.RateSuggestions;
import ai.facet.train.sweep.RateSweep;
import ai.facet.train.sweep.SweepCurve;
import ai.facet.train.sweep.SweepResult;
import java.util.Locale;

/**
 * Loss against rate as inline SVG: an exponential sweep over a logarithmic axis, a triangular one over its steps, with a
 * line at each suggestion.
 */
final class SweepChart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 320;
    private static final int LEFT = 46;
    private static final int RIGHT = 30;
    private static final int TOP = 10;
    private static final int BOTTOM = 40;
    private static final int TICKS = 5;
    private static final double HEADROOM = 1.5; // of the first loss: what runs away leaves the picture

    private final SweepCurve curve;
    private final double low;
    private final double high;

    private SweepChart(SweepCurve curve) {
        this.curve = curve;
        this.high = ceiling(curve);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < curve.size(); i++) {
            least = Math.min(least, Math.min(curve.loss(i), curve.smoothed(i)));
        }
        this.low = Math.min(least, 0.95 * high);
    }

    /** The highest loss that is shown. */
    static double ceiling(SweepCurve curve) {
        double most = 0;
        for (int i = 0; i < curve.size(); i++) {
            most = Math.max(most, curve.loss(i));
        }
        return Math.min(most, HEADROOM * curve.smoothed(0));
    }

    /** A figure with one sweep of a result. */
    static String figure(SweepResult result, int index) {
        SweepCurve curve = result.curves().get(index);
        RateSuggestions found = result.suggestions().get(index);
        SweepChart chart = new SweepChart(curve);
        StringBuilder html =
                new StringBuilder("<figure><figcaption>" + curve.sweep().kind().id()
                        + " sweep</figcaption>\n<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" role=\"img\" aria-label=\"Loss against learning rate\">\n");
        chart.grid(html);
        chart.points(html);
        chart.smoothed(html);
        chart.mark(html, found.valley(), 1);
        chart.mark(html, found.steepest(), 2);
        chart.mark(html, found.tenthOfMinimum(), 3);
        chart.mark(html, result.trainingRate(), 4);
        html.append("</svg>\n<p class=\"legend\">");
        key(html, 0, "smoothed loss", Double.NaN);
        if (found.known()) {
            key(html, 1, "valley", found.valley());
            key(html, 2, "steepest", found.steepest());
            key(html, 3, "minimum / 10", found.tenthOfMinimum());
        }
        key(html, 4, "facet train", result.trainingRate());
        return html.append("</p></figure>\n").toString();
    }

    private void grid(StringBuilder svg) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = low + (high - low) * tick / TICKS;
            add(
                    svg,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>",
                    LEFT,
                    WIDTH - RIGHT,
                    y(value),
                    y(value),
                    LEFT - 6,
                    y(value) + 4,
                    value);
        }
        RateSweep sweep = curve.sweep();
        if (sweep.kind() == RateSweep.Kind.EXPONENTIAL) {
            int last = (int) Math.floor(Math.log10(sweep.to()) + 1e-9);
            for (int power = (int) Math.ceil(Math.log10(sweep.from()) - 1e-9); power <= last; power++) {
                label(svg, x(Math.pow(10, power)), String.format(Locale.ROOT, "1e%d", power));
            }
        } else {
            for (int quarter = 0; quarter <= 4; quarter++) {
                long step = Math.round(quarter * (sweep.steps() - 1) / 4.0);
                label(svg, xOfStep((double) step), SweepResult.text(sweep.at(step)));
            }
        }
        add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">learning rate</text>", WIDTH - RIGHT, HEIGHT - 6);
    }

    private static void label(StringBuilder svg, double x, String text) {
        add(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, HEIGHT - BOTTOM + 16, text);
    }

    private void points(StringBuilder svg) {
        for (int i = 0; i < curve.size(); i++) {
            if (curve.loss(i) <= high) {
                add(
                        svg,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.6\" style=\"fill:%s;fill-opacity:.35\"/>",
                        xOfStep(i),
                        y(curve.loss(i)),
                        Palette.variable(0));
            }
        }
    }

    private void smoothed(StringBuilder svg) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.size(); i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", xOfStep(i), y(curve.smoothed(i))));
        }
        add(
                svg,
                "<polyline class=\"curve\" style=\"stroke:%s\" points=\"%s\"/>",
                Palette.variable(0),
                points.toString().strip());
    }

    private void mark(StringBuilder svg, double rate, int colour) {
        if (rate >= curve.sweep().from() && rate <= curve.sweep().to()) {
            add(
                    svg,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" style=\"stroke:%s\" stroke-width=\"1.6\""
                            + " stroke-dasharray=\"5 3\"/>",
                    x(rate),
                    x(rate),
                    TOP,
                    HEIGHT - BOTTOM,
                    Palette.variable(colour));
        }
    }

    private static void key(StringBuilder html, int colour, String name, double rate) {
        html.append("<span><i style=\"background:")
                .append(Palette.variable(colour))
                .append("\"></i>")
                .append(name)
                .append(Double.isNaN(rate) ? "" : " <b>" + SweepResult.text(rate) + "</b>")
                .append("</span> ");
    }

    /** Of a rate on the way up. */
    private double x(double rate) {
        RateSweep sweep = curve.sweep();
        double part = sweep.kind() == RateSweep.Kind.EXPONENTIAL
                ? Math.log(rate / sweep.from()) / Math.log(sweep.to() / sweep.from())
                : (rate - sweep.from()) / (sweep.to() - sweep.from()) / 2;
        return xOfStep(part * (sweep.steps() - 1));
    }

    private double xOfStep(double step) {
        return LEFT + step / (curve.sweep().steps() - 1) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double part = (Math.min(high, Math.max(low, value)) - low) / (high - low);
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
