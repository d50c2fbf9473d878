package ai.facet.train.synth;

import java.awt.Color;

/** Eyes, brows, mouth, lines and glasses of a head that is seen from the front or the side. */
final class FacePainter {
    private static final Color INK = new Color(0x201818);
    private static final Color LIPS = new Color(0xB03A48);
    private static final Color TEAR = new Color(0x58B0F0);

    private final Brush brush;
    private final Figure figure;
    private final Look look;

    FacePainter(Brush brush, Figure figure, Look look) {
        this.brush = brush;
        this.figure = figure;
        this.look = look;
    }

    void paint() {
        if (figure.traits().back()) {
            return;
        }
        if (figure.traits().side()) {
            double eye = figure.headX() + figure.facing() * figure.headHalfWidth() * 0.52;
            eye(eye, figure.facing());
            mouth(figure.headX() + figure.facing() * figure.headHalfWidth() * 0.55, 3.2);
        } else {
            double apart = figure.headHalfWidth() * 0.42;
            eye(figure.headX() - apart, 1);
            eye(figure.headX() + apart, -1);
            mouth(figure.headX(), 5.2);
            brush.stroke(
                    Brush.segment(figure.headX(), figure.headY() + 1, figure.headX() + 0.8, figure.headY() + 3.4),
                    Look.scaled(look.skin(), 0.6),
                    0.8);
        }
        beard();
        age();
    }

    /** @param inward the direction of the nose, as the sign of x */
    private void eye(double x, int inward) {
        double y = figure.headY() - 1.2;
        if (figure.traits().happy()) {
            brush.stroke(Brush.arc(x, y + 0.8, 2.2, 2.2, 20, 140), INK, 1.1);
        } else {
            brush.plain(Brush.oval(x, y, 2.1, 1.9), Color.WHITE);
            brush.plain(Brush.oval(x, y + 0.2, 1.15, 1.35), INK);
        }
        brow(x, y, inward);
        if (figure.traits().female()) {
            brush.stroke(Brush.segment(x - inward * 1.8, y - 1, x - inward * 3.2, y - 2.2), INK, 0.7);
        }
        if (figure.traits().sad()) {
            brush.plain(Brush.oval(x - inward * 0.6, y + 4.6, 1.1, 2.1), TEAR);
        }
        if (look.glasses()) {
            brush.stroke(Brush.oval(x, y, 3.4, 3.1), INK, 0.8);
        }
    }

    private void brow(double x, double y, int inward) {
        double inner = x + inward * 2.3;
        double outer = x - inward * 2.6;
        if (figure.traits().angry()) {
            brush.stroke(Brush.segment(inner, y - 2.0, outer, y - 5.0), INK, 1.7);
        } else if (figure.traits().sad()) {
            brush.stroke(Brush.segment(inner, y - 5.2, outer, y - 2.8), INK, 1.0);
        } else {
            brush.stroke(Brush.segment(inner, y - 3.9, outer, y - 3.9), INK, 0.9);
        }
    }

    private void mouth(double x, double half) {
        double y = figure.headY() + 6.2;
        if (figure.traits().happy()) {
            brush.fill(Brush.chord(x, y - 1.2, half, 4.2, 180, 180), new Color(0x7A1A22));
            brush.plain(Brush.box(x - half * 0.75, y - 1.1, half * 1.5, 1.4, 0.6), Color.WHITE);
        } else if (figure.traits().angry()) {
            brush.fill(Brush.box(x - half * 0.8, y - 1.2, half * 1.6, 3, 1), Color.WHITE);
            brush.stroke(Brush.segment(x - half * 0.8, y + 0.3, x + half * 0.8, y + 0.3), INK, 0.6);
        } else if (figure.traits().sad()) {
            brush.stroke(Brush.arc(x, y + 2.6, half * 0.8, 3.2, 20, 140), INK, 1.2);
        } else {
            Color color = figure.traits().female() ? LIPS : INK;
            brush.stroke(Brush.segment(x - half * 0.5, y, x + half * 0.5, y), color, 1.1);
        }
    }

    private void beard() {
        if (!look.beard() || figure.traits().side()) {
            return;
        }
        brush.stroke(
                Brush.arc(
                        figure.headX(),
                        figure.headY(),
                        figure.headHalfWidth() * 0.9,
                        figure.headRadius() * 0.92,
                        205,
                        130),
                look.hair(),
                2.4);
    }

    private void age() {
        Color line = Look.scaled(look.skin(), 0.62);
        double x = figure.headX();
        double y = figure.headY();
        if (figure.traits().ageLevel() == 0) {
            Color blush = new Color(230, 90, 90, 120);
            brush.plain(Brush.oval(x - figure.headHalfWidth() * 0.6, y + 3, 2.2, 1.6), blush);
            brush.plain(Brush.oval(x + figure.headHalfWidth() * 0.6, y + 3, 2.2, 1.6), blush);
        }
        for (int i = 0; i < figure.traits().ageLevel() - 1; i++) {
            brush.stroke(Brush.segment(x - 3.5, y - 6 - 1.3 * i, x + 3.5, y - 6 - 1.3 * i), line, 0.6);
        }
        if (figure.traits().ageLevel() >= 3) {
            brush.stroke(Brush.segment(x - 4, y + 2.2, x - 5.2, y + 6), line, 0.7);
            brush.stroke(Brush.segment(x + 4, y + 2.2, x + 5.2, y + 6), line, 0.7);
        }
    }
}
