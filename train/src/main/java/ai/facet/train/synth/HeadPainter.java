package ai.facet.train.synth;

import java.awt.Color;
import java.awt.Shape;

/** Head and hair; the face is {@link FacePainter}'s. */
final class HeadPainter {
    private final Brush brush;
    private final Figure figure;
    private final Look look;

    HeadPainter(Brush brush, Figure figure, Look look) {
        this.brush = brush;
        this.figure = figure;
        this.look = look;
    }

    Shape outline() {
        return Brush.oval(figure.headX(), figure.headY(), figure.headHalfWidth() * 1.1, figure.headRadius() * 1.08);
    }

    /** Long hair falls behind the shoulders: painted before the body. */
    void paintBehind() {
        if (look.longHair() && !figure.traits().back()) {
            double w = figure.headHalfWidth();
            double x = figure.headX() - (figure.traits().side() ? figure.facing() * w * 0.45 : 0);
            double half = figure.traits().side() ? w * 0.72 : w * 1.22;
            brush.fill(Brush.box(x - half, figure.headY() - 7, 2 * half, figure.headRadius() * 2.15, 9), look.hair());
        }
    }

    /** The head, bald where nothing else is said. */
    void paintHead() {
        double x = figure.headX();
        double y = figure.headY();
        brush.fill(Brush.box(x - 3, y + 6, 6, 9, 3), look.skin());
        if (figure.traits().side()) {
            int f = figure.facing();
            double edge = x + f * figure.headHalfWidth() * 0.93;
            brush.fill(Brush.polygon(edge - f, y - 1.5, edge + f * 3.6, y + 3, edge - f, y + 4.5), look.skin());
        } else {
            brush.fill(Brush.oval(x - figure.headHalfWidth(), y + 1, 2, 3), look.skin());
            brush.fill(Brush.oval(x + figure.headHalfWidth(), y + 1, 2, 3), look.skin());
        }
        brush.fill(Brush.oval(x, y, figure.headHalfWidth(), figure.headRadius()), look.skin());
    }

    void paintHair() {
        if (figure.traits().back()) {
            back();
        } else if (figure.traits().side()) {
            side();
        } else {
            front();
        }
    }

    private void front() {
        double x = figure.headX();
        double y = figure.headY();
        double w = figure.headHalfWidth() * 1.06;
        double r = figure.headRadius() * 1.06;
        if (balding()) {
            brush.plain(Brush.oval(x - w * 0.95, y - 1, 2.6, 5), look.hair());
            brush.plain(Brush.oval(x + w * 0.95, y - 1, 2.6, 5), look.hair());
            return;
        }
        brush.fill(Brush.chord(x, y, w, r, 25, 130), look.hair());
        if (look.longHair()) {
            brush.plain(Brush.box(x - w * 1.16, y - 5, 4.2, r * 1.75, 4), look.hair());
            brush.plain(Brush.box(x + w * 1.16 - 4.2, y - 5, 4.2, r * 1.75, 4), look.hair());
        }
        greyTemples(x, y, w);
    }

    private void side() {
        double x = figure.headX();
        double y = figure.headY();
        double w = figure.headHalfWidth() * 1.06;
        double r = figure.headRadius() * 1.06;
        double start = figure.facing() > 0 ? 55 : -55;
        if (balding()) {
            brush.plain(Brush.oval(x - figure.facing() * w * 0.7, y, 4, 6), look.hair());
            return;
        }
        brush.fill(Brush.chord(x, y, w, r, start, 180), look.hair());
        brush.fill(Brush.oval(x - figure.facing() * 1.5, y + 1, 1.8, 2.6), look.skin());
    }

    private void back() {
        double x = figure.headX();
        double y = figure.headY();
        double w = figure.headHalfWidth() * 1.07;
        double r = figure.headRadius() * 1.05;
        if (balding()) {
            brush.fill(Brush.chord(x, y, w, r, 190, 160), look.hair());
            return;
        }
        brush.fill(Brush.oval(x, y - 1, w, r), look.hair());
        if (look.longHair()) {
            brush.fill(Brush.box(x - w * 1.1, y - 4, w * 2.2, r * 2.05, 8), look.hair());
        } else {
            brush.plain(Brush.box(x - 4, y + r - 4, 8, 5, 3), look.skin());
        }
        greyTemples(x, y, w);
    }

    /** From 35 on hair goes grey at the sides first. */
    private void greyTemples(double x, double y, double w) {
        if (figure.traits().ageLevel() == 2) {
            Color grey = new Color(0xC4C4C8);
            brush.plain(Brush.oval(x - w * 0.93, y - 2.5, 1.9, 4.2), grey);
            brush.plain(Brush.oval(x + w * 0.93, y - 2.5, 1.9, 4.2), grey);
        }
    }

    private boolean balding() {
        return figure.traits().ageLevel() == 4 && !look.longHair();
    }
}
