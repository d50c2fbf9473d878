package ai.facet.train.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** Shapes in figure units with a thin darker outline, as in a cartoon. */
record Brush(Graphics2D graphics) {
    private static final double OUTLINE = 0.45;

    void fill(Shape shape, Color color) {
        graphics.setColor(color);
        graphics.fill(shape);
        graphics.setColor(Look.scaled(color, 0.6));
        graphics.setStroke(new BasicStroke((float) OUTLINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    void plain(Shape shape, Color color) {
        graphics.setColor(color);
        graphics.fill(shape);
    }

    void stroke(Shape shape, Color color, double thickness) {
        graphics.setColor(color);
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    /** A thick line with an outline: arms and legs. */
    void limb(Color color, double thickness, double... xy) {
        Path2D path = line(xy);
        stroke(path, Look.scaled(color, 0.6), thickness + 2 * OUTLINE);
        stroke(path, color, thickness);
    }

    static Path2D line(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        return path;
    }

    static Path2D polygon(double... xy) {
        Path2D path = line(xy);
        path.closePath();
        return path;
    }

    static Line2D segment(double x1, double y1, double x2, double y2) {
        return new Line2D.Double(x1, y1, x2, y2);
    }

    /** An ellipse around a centre. */
    static Ellipse2D oval(double x, double y, double halfWidth, double halfHeight) {
        return new Ellipse2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
    }

    static RoundRectangle2D box(double x, double y, double width, double height, double corner) {
        return new RoundRectangle2D.Double(x, y, width, height, corner, corner);
    }

    /** Part of an ellipse, closed by a chord; angles in degrees, counter-clockwise from the right. */
    static Arc2D chord(double x, double y, double halfWidth, double halfHeight, double start, double extent) {
        return new Arc2D.Double(
                x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight, start, extent, Arc2D.CHORD);
    }

    /** Part of an ellipse's outline. */
    static Arc2D arc(double x, double y, double halfWidth, double halfHeight, double start, double extent) {
        return new Arc2D.Double(
                x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight, start, extent, Arc2D.OPEN);
    }
}
