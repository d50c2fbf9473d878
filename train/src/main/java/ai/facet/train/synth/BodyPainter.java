package ai.facet.train.synth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** Torso, legs and arms. The arms speak for the emotion, so that it can be seen from behind too. */
final class BodyPainter {
    private final Brush brush;
    private final Figure figure;
    private final Look look;

    private final Path2D arms = new Path2D.Double();

    BodyPainter(Brush brush, Figure figure, Look look) {
        this.brush = brush;
        this.figure = figure;
        this.look = look;
    }

    void paintLegs() {
        double apart = figure.hip() * 0.5;
        double thick = figure.limb() * 1.55;
        Color color = look.skirt() ? look.skin() : look.bottom();
        double step = figure.traits().side() ? 3.5 : 0;
        brush.limb(color, thick, -apart, figure.hipY(), -apart - step, figure.footY() - 3);
        brush.limb(color, thick, apart, figure.hipY(), apart + step, figure.footY() - 3);
        if (look.skirt()) {
            double flare = figure.hip() * 1.28 + 2;
            double hem = figure.hipY() + figure.legHeight() * 0.48;
            double waist = figure.hipY() - 6;
            brush.fill(
                    Brush.polygon(-figure.belly(), waist, figure.belly(), waist, flare, hem, -flare, hem),
                    look.bottom());
        }
    }

    Shape torso() {
        double s = figure.shoulder();
        double top = figure.shoulderY();
        double middle = (figure.shoulderY() + figure.hipY()) / 2 + 3;
        double bulge = figure.traits().side() ? figure.facing() * Math.max(0, figure.width() - 1) * 5 : 0;
        Path2D path = new Path2D.Double();
        path.moveTo(-s * 0.7, top);
        path.quadTo(-s, top, -s, top + 4);
        path.quadTo(-figure.belly() + Math.min(0, bulge), middle, -figure.hip(), figure.hipY() + 1);
        path.lineTo(figure.hip(), figure.hipY() + 1);
        path.quadTo(figure.belly() + Math.max(0, bulge), middle, s, top + 4);
        path.quadTo(s, top, s * 0.7, top);
        path.closePath();
        return path;
    }

    void paintTorso() {
        double middle = (figure.shoulderY() + figure.hipY()) / 2 + 2.5;
        if (figure.width() > 1.2) {
            double shift = figure.traits().side() ? figure.facing() * figure.belly() * 0.45 : 0;
            brush.fill(
                    Brush.oval(shift, middle + 1.5, figure.belly() * 1.03, (figure.hipY() - figure.shoulderY()) * 0.46),
                    look.top());
        }
        brush.fill(torso(), look.top());
        if (look.stripes()) {
            for (double y = figure.shoulderY() + 5; y < figure.hipY() - 2; y += 5) {
                brush.stroke(
                        Brush.segment(-figure.belly() * 0.7, y, figure.belly() * 0.7, y),
                        Look.scaled(look.top(), 1.35),
                        1.2);
            }
        }
        if (figure.traits().back()) {
            brush.stroke(Brush.segment(0, figure.shoulderY() + 2, 0, figure.hipY()), Look.scaled(look.top(), 0.6), 0.8);
        } else if (!figure.traits().side()) {
            brush.plain(
                    Brush.polygon(-3.4, figure.shoulderY(), 3.4, figure.shoulderY(), 0, figure.shoulderY() + 5),
                    look.skin());
        }
    }

    /** Whichever hand carries a bag hangs down. */
    void paintArms() {
        boolean carries = figure.traits().groceryBag();
        if (figure.traits().side()) {
            arm(figure.facing(), false);
            if (carries) {
                hanging(-figure.facing() * 0.4);
            }
        } else {
            arm(-1, false);
            arm(1, carries);
        }
    }

    private void arm(int side, boolean carries) {
        double x = side * (figure.traits().side() ? 2 : figure.shoulder());
        double y = figure.shoulderY() + 4;
        double out = figure.traits().side() ? 6 : 8;
        if (carries) {
            hanging(side);
        } else if (figure.traits().happy()) {
            double reach = figure.traits().side() ? out + 7 : out;
            drawn(x, y, x + side * reach, y - 3, x + side * (reach + 4), y - 20);
        } else if (figure.traits().angry()) {
            drawn(x, y, x + side * (out + 3), y + 11, x + side * 0.5, figure.hipY() - 4);
        } else if (figure.traits().sad()) {
            drawn(x, y + 2, x - side * 0.5, y + 14, x - side * figure.shoulder() * 0.75, y + 25);
        } else {
            hanging(side);
        }
    }

    private void hanging(double side) {
        double x = side * (figure.traits().side() ? 3 : figure.shoulder());
        double y = figure.shoulderY() + 4;
        double wide = side * Math.max(1.5, figure.belly() - figure.shoulder() + 3);
        drawn(x, y, x + wide, y + 11, x + wide, y + 23);
    }

    /** What {@link #paintArms} has drawn, hands included. */
    Shape arms() {
        return arms;
    }

    /** From the hips to the ground. */
    Shape legs() {
        double half =
                figure.hip() * 0.5 + figure.limb() * 0.8 + (figure.traits().side() ? 3.5 : 0);
        return Brush.box(-half, figure.hipY(), 2 * half, figure.footY() - figure.hipY(), 0);
    }

    private void drawn(double... xy) {
        BasicStroke outline = new BasicStroke(
                (float) (figure.limb() * 1.24), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND); // as wide as the hands
        arms.append(outline.createStrokedShape(Brush.line(xy)), false);
        brush.limb(look.top(), figure.limb() * 1.1, xy);
        double handX = xy[xy.length - 2];
        double handY = xy[xy.length - 1];
        brush.fill(Brush.oval(handX, handY, figure.limb() * 0.62, figure.limb() * 0.62), look.skin());
    }

    /** The hand that carries, for {@link BagPainter}. */
    double[] carryingHand() {
        double side = figure.traits().side() ? -figure.facing() * 0.4 : 1;
        double x = side * (figure.traits().side() ? 3 : figure.shoulder());
        double wide = side * Math.max(1.5, figure.belly() - figure.shoulder() + 3);
        return new double[] {x + wide, figure.shoulderY() + 27};
    }
}
