package ai.facet.train.synth;

import java.awt.Color;
import java.awt.Shape;

/** Flat shoes, or high-heeled boots with a buckle; hidden feet are the {@link PersonRenderer}'s work. */
final class ShoePainter {
    private static final Color BUCKLE = new Color(0xF4D35E);

    private final Brush brush;
    private final Figure figure;
    private final Look look;

    ShoePainter(Brush brush, Figure figure, Look look) {
        this.brush = brush;
        this.figure = figure;
        this.look = look;
    }

    /** Both shoes, boots with their shafts. */
    Shape region() {
        double half = figure.hip() * 0.5 + 12;
        double high = figure.traits().fancyShoes() ? 18 : 7;
        return Brush.box(-half, figure.footY() - high, 2 * half, high + 2, 0);
    }

    void paint() {
        double apart = figure.hip() * 0.5 + (figure.traits().side() ? 3.5 : 0);
        int left = figure.traits().side() ? figure.facing() : -1;
        int right = figure.traits().side() ? figure.facing() : 1;
        shoe(-apart, left);
        shoe(apart, right);
    }

    private void shoe(double x, int toe) {
        if (figure.traits().fancyShoes()) {
            fancy(x, toe);
        } else {
            double y = figure.footY() - 4.5;
            brush.fill(Brush.box(Math.min(x - toe * 3.2, x + toe * 6.4), y, 9.6, 5, 4.5), look.shoes());
            brush.plain(Brush.box(Math.min(x - toe * 3.2, x + toe * 6.4), y + 4, 9.6, 1.6, 1), Color.WHITE);
        }
    }

    private void fancy(double x, int toe) {
        double ground = figure.footY() + 1;
        double shaft = 15;
        double half = figure.limb() * 0.95;
        brush.fill(Brush.box(x - half, ground - shaft - 4, 2 * half, shaft, 2), look.shoes());
        brush.fill(
                Brush.polygon(
                        x - toe * half,
                        ground - 5.5,
                        x + toe * half,
                        ground - 6,
                        x + toe * 9,
                        ground,
                        x + toe * 3.2,
                        ground,
                        x - toe * half,
                        ground - 3.4),
                look.shoes());
        brush.fill(
                Brush.polygon(
                        x - toe * half,
                        ground - 5,
                        x - toe * (half - 2.2),
                        ground - 4.4,
                        x - toe * (half - 1),
                        ground,
                        x - toe * half,
                        ground),
                Look.scaled(look.shoes(), 0.6));
        brush.plain(Brush.box(x - half, ground - shaft - 4, 2 * half, 2.6, 1), BUCKLE);
    }
}
