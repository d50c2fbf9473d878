package ai.facet.export.inspect;

import ai.facet.export.inspect.GraphLayout.Point;
import ai.facet.metrics.HtmlEscape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** An ONNX graph as SVG: rows from top to bottom, legible on light and dark pages. The same file gives the same text. */
public final class GraphSvg {
    private static final double MARGIN = 24;
    private static final double BOX_HEIGHT = 36;
    private static final double ROW_HEIGHT = 66;
    private static final double HEADER = 30;
    /** Wide enough for sans-serif letters of the two sizes. */
    private static final double TITLE_LETTER = 8.2;

    private static final double DETAIL_LETTER = 7;
    private static final double PADDING = 20;
    private static final int MOST_LETTERS = 30;

    private static final String STYLE = """
            <style>
            svg { background: #ffffff; font-family: system-ui, "DejaVu Sans", sans-serif; }
            text { fill: #1b1f24; text-anchor: middle; font-size: 13px; }
            .heading { text-anchor: start; font-weight: 600; }
            .details { fill: #57606a; font-size: 11px; }
            rect { fill: #eef2f7; stroke: #8c96a3; }
            .input rect { fill: #dbeafe; stroke: #3b76c4; }
            .output rect { fill: #dcf5e3; stroke: #2f8a4c; }
            .weighted rect { fill: #fdeeda; stroke: #b9772b; }
            path { fill: none; stroke: #8c96a3; stroke-width: 1.3; }
            marker path { fill: #8c96a3; stroke: none; }
            @media (prefers-color-scheme: dark) {
              svg { background: #14181d; }
              text { fill: #e6edf3; }
              .details { fill: #9aa6b2; }
              rect { fill: #232a33; stroke: #66717e; }
              .input rect { fill: #16304f; stroke: #5b93dc; }
              .output rect { fill: #14371f; stroke: #4bb06c; }
              .weighted rect { fill: #41301a; stroke: #d0944e; }
              path { stroke: #66717e; }
              marker path { fill: #66717e; }
            }
            </style>
            """;

    private final StringBuilder out = new StringBuilder();
    private final DrawnGraph graph;
    private final GraphLayout layout;

    private GraphSvg(DrawnGraph graph) {
        this.graph = graph;
        this.layout = new GraphLayout(
                graph, graph.boxes().stream().map(GraphSvg::width).toList());
    }

    /**
     * Draws the main graph of an ONNX file; graphs inside its nodes are not drawn.
     *
     * @throws IOException if the file is damaged or the graph too big for a drawing
     */
    public static String of(Path onnx) throws IOException {
        try {
            return new GraphSvg(DrawnGraph.of(OnnxStructure.read(onnx).getGraph()))
                    .draw(String.valueOf(onnx.getFileName()));
        } catch (IllegalArgumentException e) {
            throw new IOException(onnx + ": " + e.getMessage(), e);
        }
    }

    private String draw(String title) {
        double width = Math.max(layout.width() + 2 * MARGIN, 2 * MARGIN + title.length() * TITLE_LETTER);
        double height = HEADER + layout.rowCount() * ROW_HEIGHT + MARGIN;
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">%n",
                width,
                height,
                width,
                height));
        out.append("<title>").append(text(title)).append("</title>\n").append(STYLE);
        out.append(
                "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                        + " orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        out.append(String.format(
                Locale.ROOT, "<text class=\"heading\" x=\"%.0f\" y=\"%.0f\">%s</text>%n", MARGIN, MARGIN, text(title)));
        layout.lines().forEach(this::line);
        for (int i = 0; i < graph.boxes().size(); i++) {
            box(graph.boxes().get(i), layout.boxes().get(i));
        }
        return out.append("</svg>\n").toString();
    }

    /** From the lower edge of a box through the bends to the upper edge of another. */
    private void line(List<Point> points) {
        double x = x(points.get(0));
        double y = top(points.get(0)) + BOX_HEIGHT;
        out.append(String.format(Locale.ROOT, "<path marker-end=\"url(#arrow)\" d=\"M%.1f %.1f", x, y));
        for (int i = 1; i < points.size(); i++) {
            Point point = points.get(i);
            boolean last = i == points.size() - 1;
            double toX = x(point);
            double toY = top(point) - (last ? 1 : 0);
            double middle = (y + toY) / 2;
            out.append(String.format(Locale.ROOT, "C%.1f %.1f %.1f %.1f %.1f %.1f", x, middle, toX, middle, toX, toY));
            x = toX;
            y = toY;
            if (!last) {
                y += BOX_HEIGHT;
                out.append(String.format(Locale.ROOT, "L%.1f %.1f", x, y));
            }
        }
        out.append("\"/>\n");
    }

    private void box(DrawnGraph.Box box, Point point) {
        boolean input = box.role() == DrawnGraph.Role.INPUT;
        boolean output = box.role() == DrawnGraph.Role.OUTPUT;
        String type = input ? "input" : output ? "output" : box.details().isEmpty() ? "plain" : "weighted";
        double left = x(point) - point.width / 2;
        double y = top(point);
        out.append("<g class=\"")
                .append(type)
                .append("\"><title>")
                .append(text(box.tooltip()))
                .append("</title>");
        out.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" rx=\"%d\"/>",
                left,
                y,
                point.width,
                BOX_HEIGHT,
                input || output ? 18 : 5));
        boolean alone = box.details().isEmpty();
        label("", x(point), y + (alone ? 22.5 : 15.5), box.title());
        if (!alone) {
            label(" class=\"details\"", x(point), y + 29, box.details());
        }
        out.append("</g>\n");
    }

    private void label(String style, double x, double y, String label) {
        out.append(String.format(
                Locale.ROOT, "<text%s x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, text(shortened(label))));
    }

    private static double x(Point point) {
        return MARGIN + point.x;
    }

    private static double top(Point point) {
        return HEADER + MARGIN / 2 + point.row * ROW_HEIGHT;
    }

    private static double width(DrawnGraph.Box box) {
        double title = shortened(box.title()).length() * TITLE_LETTER;
        double details = shortened(box.details()).length() * DETAIL_LETTER;
        return Math.max(56, Math.max(title, details) + PADDING);
    }

    private static String shortened(String label) {
        return label.length() <= MOST_LETTERS ? label : label.substring(0, MOST_LETTERS - 1) + "\u2026";
    }

    /** Escaped; characters that XML forbids become spaces. */
    private static String text(String text) {
        StringBuilder allowed = new StringBuilder();
        text.codePoints()
                .map(c -> c == '\n' || c >= 0x20 && c < 0xd800 || c >= 0xe000 && c < 0xfffe || c > 0xffff ? c : ' ')
                .forEach(allowed::appendCodePoint);
        return HtmlEscape.text(allowed.toString());
    }
}
