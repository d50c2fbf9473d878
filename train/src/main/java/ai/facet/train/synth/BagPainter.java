package ai.facet.train.synth;

import java.awt.Color;
import java.awt.Shape;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A shoulder bag with a strap across the body or a rucksack for work; a carrier bag with handles for groceries. */
final class BagPainter {
    private static final Color LEAVES = new Color(0x3E9A3A);
    private static final Color BREAD = new Color(0xC88A45);

    private final Brush brush;
    private final Figure figure;
    private final Look look;
    private final boolean rucksack;

    BagPainter(Brush brush, Figure figure, Look look, SplittableRandom random) {
        this.brush = brush;
        this.figure = figure;
        this.look = look;
        this.rucksack = random.nextDouble() < 0.4;
    }

    /** What a body seen from the front or the side hides in part. */
    void paintBehindBody() {
        if (!figure.traits().workBag() || !rucksack || figure.traits().back()) {
            return;
        }
        double top = figure.shoulderY() - 1;
        if (figure.traits().side()) {
            double x = -figure.facing() * (figure.shoulder() + 4);
            brush.fill(Brush.box(x - 7, top, 14, 23, 6), look.bag());
        } else {
            double half = figure.shoulder() + 5;
            brush.fill(Brush.box(-half, top, 2 * half, 22, 7), look.bag());
        }
    }

    /** @param hand x and y of the hand that carries */
    @Nullable
    Shape paint(double[] hand) {
        if (figure.traits().groceryBag()) {
            return carrier(hand[0], hand[1]);
        }
        if (figure.traits().workBag()) {
            return rucksack ? rucksack() : shoulderBag();
        }
        return null;
    }

    private Shape carrier(double x, double y) {
        Color plastic = Look.scaled(look.bag(), 1.5);
        brush.plain(Brush.oval(x - 2.5, y + 4, 2.6, 4), LEAVES);
        brush.fill(Brush.box(x + 1, y - 1, 2.6, 9, 2), BREAD);
        Shape bag = Brush.polygon(x - 5, y + 6, x + 5, y + 6, x + 7.5, y + 23, x - 7.5, y + 23);
        brush.fill(bag, plastic);
        brush.stroke(Brush.arc(x, y + 6, 3.6, 6, 0, 180), Look.scaled(plastic, 0.6), 1.1);
        brush.plain(Brush.oval(x, y + 15, 3, 3), Color.WHITE);
        return Brush.box(x - 7.5, y - 1, 15, 24, 0);
    }

    private Shape rucksack() {
        double top = figure.shoulderY() - 1;
        Color strap = Look.scaled(look.bag(), 0.7);
        if (figure.traits().back()) {
            double half = figure.shoulder() * 0.9;
            Shape bag = Brush.box(-half, top + 2, 2 * half, 23, 7);
            brush.fill(bag, look.bag());
            brush.fill(Brush.box(-half * 0.65, top + 13, half * 1.3, 9, 3), Look.scaled(look.bag(), 0.8));
            brush.stroke(Brush.segment(-half, top + 9, half, top + 9), strap, 0.9);
            return bag;
        }
        if (figure.traits().side()) {
            brush.stroke(Brush.arc(0, top + 9, 4, 8, 0, 360), strap, 1.8);
            return Brush.box(-figure.facing() * (figure.shoulder() + 4) - 7, top, 14, 23, 0);
        }
        double x = figure.shoulder() * 0.55;
        brush.stroke(Brush.segment(-x, top + 1, -x, top + 20), strap, 2.4);
        brush.stroke(Brush.segment(x, top + 1, x, top + 20), strap, 2.4);
        return Brush.box(-figure.shoulder() - 5, top, 2 * figure.shoulder() + 10, 22, 0);
    }

    private Shape shoulderBag() {
        int side = figure.facing();
        double x = side * (figure.hip() + 2.5);
        double y = figure.hipY() - 5;
        brush.stroke(
                Brush.segment(-side * figure.shoulder() * 0.75, figure.shoulderY() + 1, x, y + 1),
                Look.scaled(look.bag(), 0.65),
                2);
        Shape bag = Brush.box(x - 8, y, 16, 13, 3);
        brush.fill(bag, look.bag());
        brush.fill(Brush.box(x - 8, y, 16, 6, 3), Look.scaled(look.bag(), 0.78));
        brush.plain(Brush.box(x - 1.2, y + 4.4, 2.4, 3, 1), new Color(0xE8D070));
        return bag;
    }
}
