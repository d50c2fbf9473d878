package ai.facet.train.synth;

import java.util.SplittableRandom;

/**
 * Where a person's parts are, in units of a hundredth of the picture, y downwards, the figure's middle at x = 0.
 *
 * @param traits the labels that shaped it
 * @param width 1 for a body of normal weight, more for heavier
 * @param headY centre of the head
 * @param headRadius half of the head's height
 * @param shoulderY top of the torso
 * @param hipY end of the torso
 * @param footY ground
 * @param shoulder half of the shoulders' width
 * @param belly half of the waist's width
 * @param hip half of the hips' width
 * @param limb thickness of an arm
 * @param facing -1 looks left, 1 looks right; matters in side view
 */
record Figure(
        PersonTraits traits,
        double width,
        double headY,
        double headRadius,
        double shoulderY,
        double hipY,
        double footY,
        double shoulder,
        double belly,
        double hip,
        double limb,
        int facing) {
    private static final double GROUND = 95;
    private static final double HEAD_RADIUS = 12.5;
    private static final double SIDE_DEPTH = 0.72;
    private static final double STOOP = 5;

    static Figure of(PersonTraits traits, SplittableRandom random) {
        double width = width(traits) * (1 + 0.06 * (random.nextDouble() - 0.5));
        // the youngest are small below a head of full size, the oldest bend a little
        double tallness = new double[] {0.80, 1.0, 1.0, 0.98, 0.92}[traits.ageLevel()];
        double height = (52 + 3 * random.nextDouble()) * tallness;
        double shoulderY = GROUND - height;
        double hipY = shoulderY + height * 0.47;
        double depth = traits.side() ? SIDE_DEPTH : 1;
        double shoulder = (traits.female() ? 8.8 : 11.2) * depth * (0.72 + 0.28 * width);
        double belly = (traits.female() ? 6.8 : 8.8) * depth * width;
        double hip = (traits.female() ? 9.2 : 8.4) * depth * (0.25 + 0.75 * width);
        double dropped = traits.sad() ? 3.5 : 0;
        double stoop = traits.ageLevel() == 4 ? STOOP / 2 : 0;
        double headY = shoulderY - HEAD_RADIUS * 0.92 + dropped + stoop;
        return new Figure(
                traits,
                width,
                headY,
                HEAD_RADIUS,
                shoulderY,
                hipY,
                GROUND,
                shoulder,
                belly,
                hip,
                3.6 * (0.55 + 0.45 * width),
                random.nextBoolean() ? 1 : -1);
    }

    private static double width(PersonTraits traits) {
        return switch (traits.className(Attributes.WEIGHT)) {
            case "underweight" -> 0.62;
            case "slightly-overweight" -> 1.42;
            case "over-weight" -> 1.95;
            default -> 1.0;
        };
    }

    /** Where the neck ends: forward for who is sad or old in side view. */
    double headX() {
        double forward = (traits.sad() ? 3 : 0) + (traits.ageLevel() == 4 ? STOOP * 0.6 : 0);
        return traits.side() ? facing * (forward + 1) : 0;
    }

    /** Half of the head's width; heavy people have broad faces. */
    double headHalfWidth() {
        double broad = 0.80 + 0.10 * Math.min(width, 2);
        return headRadius * (traits.side() ? 0.92 : broad);
    }

    double legHeight() {
        return footY - hipY;
    }
}
