package ai.facet.train.synth;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** A wall and a floor in random colours, with clutter; it knows nothing of the person. */
final class BackgroundPainter {
    private static final int UNITS = 100;
    private static final int MAX_CLUTTER = 6;

    private BackgroundPainter() {}

    /** Fills the picture of 100 by 100 units. */
    static void paint(Graphics2D g, SplittableRandom random) {
        g.setPaint(new GradientPaint(
                (float) (UNITS * random.nextDouble()),
                0,
                pale(random),
                (float) (UNITS * random.nextDouble()),
                UNITS,
                pale(random)));
        g.fill(new Rectangle2D.Double(-5, -5, UNITS + 10, UNITS + 10));
        double horizon = 70 + 22 * random.nextDouble();
        g.setPaint(Look.scaled(pale(random), 0.8));
        g.fill(new Rectangle2D.Double(-5, horizon, UNITS + 10, UNITS));
        int clutter = random.nextInt(MAX_CLUTTER + 1);
        for (int i = 0; i < clutter; i++) {
            thing(g, random);
        }
    }

    private static void thing(Graphics2D g, SplittableRandom random) {
        g.setPaint(pale(random));
        double w = 6 + 22 * random.nextDouble();
        double h = 6 + 40 * random.nextDouble();
        double x = UNITS * random.nextDouble() - w / 2;
        double y = (UNITS - 10) * random.nextDouble() - h / 2;
        if (random.nextBoolean()) {
            g.fill(new Rectangle2D.Double(x, y, w, h));
        } else {
            g.fill(new Ellipse2D.Double(x, y, w, Math.min(h, 2 * w)));
        }
    }

    private static Color pale(SplittableRandom random) {
        return Color.getHSBColor((float) random.nextDouble(), (float) (0.35 * random.nextDouble()), (float)
                (0.45 + 0.5 * random.nextDouble()));
    }
}
