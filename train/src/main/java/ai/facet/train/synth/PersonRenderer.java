package ai.facet.train.synth;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws the i-th person of a seed: the same (seed, index, size) gives the same pixels on every Java, as Java2D's
 * rasteriser is plain Java and {@link SplittableRandom}'s algorithm is fixed. Thread-safe.
 */
final class PersonRenderer {
    private static final double UNITS = 100;
    private static final double MAX_TURN = Math.toRadians(3);
    /** Odd, so that neighbouring indices start far apart. */
    private static final long INDEX_STEP = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final int sizePx;

    PersonRenderer(long seed, int sizePx) {
        this.seed = seed;
        this.sizePx = sizePx;
    }

    SynthImage render(int index) {
        SplittableRandom random = new SplittableRandom(seed * 31 + index * INDEX_STEP).split();
        PersonTraits traits = PersonTraits.draw(random);
        BufferedImage image = new BufferedImage(sizePx, sizePx, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        List<SynthImage.Region> regions;
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.scale(sizePx / UNITS, sizePx / UNITS);
            BackgroundPainter.paint(g, random);
            regions = person(g, traits, random);
        } finally {
            g.dispose();
        }
        QualityDegradation.apply(image, traits, random);
        return new SynthImage(image, traits, regions);
    }

    private List<SynthImage.Region> person(Graphics2D g, PersonTraits traits, SplittableRandom random) {
        Figure figure = Figure.of(traits, random);
        Look look = Look.draw(traits, random);
        // a carrier bag hangs low: a cut would take it away too
        boolean cut = traits.feetHidden() && !traits.groceryBag() && random.nextDouble() < 0.7;
        place(g, figure, cut, random);
        Brush brush = new Brush(g);
        HeadPainter head = new HeadPainter(brush, figure, look);
        BodyPainter body = new BodyPainter(brush, figure, look);
        BagPainter bag = new BagPainter(brush, figure, look, random);
        ShoePainter shoes = new ShoePainter(brush, figure, look);
        bag.paintBehindBody();
        head.paintBehind();
        body.paintLegs();
        shoes.paint();
        body.paintTorso();
        Shape bagShape = paintFront(figure, head, body, bag, new FacePainter(brush, figure, look));
        if (traits.feetHidden() && !cut) {
            hideFeet(brush, figure, random);
        }
        cane(brush, figure);
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("head", head.outline());
        shapes.put("body", body.torso());
        if (bagShape != null) {
            shapes.put("bag", bagShape);
        }
        if (!traits.feetHidden()) {
            shapes.put("feet", shoes.region());
        }
        shapes.put("arms", body.arms());
        Path2D all = new Path2D.Double();
        shapes.values().forEach(shape -> all.append(shape, false));
        all.append(body.legs(), false);
        shapes.put("person", all);
        return regions(g, shapes);
    }

    /** From behind the bag lies over the back; otherwise arms and head come last. */
    private static @Nullable Shape paintFront(
            Figure figure, HeadPainter head, BodyPainter body, BagPainter bag, FacePainter face) {
        if (figure.traits().back()) {
            body.paintArms();
            Shape shape = bag.paint(body.carryingHand());
            head.paintHead();
            head.paintHair();
            return shape;
        }
        Shape shape = bag.paint(body.carryingHand());
        body.paintArms();
        head.paintHead();
        head.paintHair();
        face.paint();
        return shape;
    }

    /** Moves the figure's origin into the picture; cut figures stand nearer, with their feet outside. */
    private static void place(Graphics2D g, Figure figure, boolean cut, SplittableRandom random) {
        double scale = 0.93 + 0.12 * random.nextDouble();
        double x = UNITS / 2 + 10 * (random.nextDouble() - 0.5);
        double headRoom = 96.5 - figure.footY() * scale;
        double y = headRoom + 2.5 * (random.nextDouble() - 0.5);
        if (cut) {
            scale *= 1.16;
            y = 6 + 4 * random.nextDouble() - (figure.headY() - figure.headRadius() * 1.1) * scale;
            y = Math.max(y, UNITS + 6 - (figure.footY() - 8) * scale);
        }
        g.translate(x, y);
        g.scale(scale, scale);
        g.rotate((random.nextDouble() - 0.5) * 2 * MAX_TURN, 0, figure.hipY());
    }

    private static void hideFeet(Brush brush, Figure figure, SplittableRandom random) {
        double top = figure.footY() - 17 - 5 * random.nextDouble();
        double x = -20 - 12 * random.nextDouble();
        brush.fill(Brush.box(x, top, 45 + 10 * random.nextDouble(), 40, 6 * random.nextDouble()), Look.cloth(random));
    }

    private static void cane(Brush brush, Figure figure) {
        PersonTraits traits = figure.traits();
        if (traits.ageLevel() < 4) {
            return;
        }
        double x = traits.side() ? figure.facing() * (figure.shoulder() + 9) : -(figure.hip() + 9);
        double top = figure.hipY() - 4;
        java.awt.Color wood = new java.awt.Color(0x6B4423);
        brush.stroke(Brush.segment(x, top, x, figure.footY()), wood, 1.8);
        brush.stroke(Brush.arc(x + 2, top, 2, 2.5, 0, 180), wood, 1.8);
    }

    private List<SynthImage.Region> regions(Graphics2D g, Map<String, Shape> shapes) {
        List<SynthImage.Region> regions = new ArrayList<>();
        shapes.forEach((name, shape) -> add(regions, g.getTransform(), name, shape));
        return regions;
    }

    private void add(List<SynthImage.Region> regions, AffineTransform transform, String name, Shape shape) {
        Rectangle2D bounds = transform.createTransformedShape(shape).getBounds2D();
        Rectangle box = bounds.getBounds().intersection(new Rectangle(sizePx, sizePx));
        if (!box.isEmpty()) {
            regions.add(new SynthImage.Region(name, box.x, box.y, box.width, box.height));
        }
    }
}
