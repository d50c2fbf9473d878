package ai.facet.train.synth;

import java.awt.Color;
import java.util.SplittableRandom;

/** A person's colours and accidents of dress, independent of every label but the hair's grey of age. */
record Look(
        Color skin,
        Color hair,
        Color top,
        Color bottom,
        Color shoes,
        Color bag,
        boolean skirt,
        boolean longHair,
        boolean beard,
        boolean glasses,
        boolean stripes) {
    private static final Color[] SKINS = {
        new Color(0xFFDFC4),
        new Color(0xF0C8A0),
        new Color(0xD8A47F),
        new Color(0xB07850),
        new Color(0x8A5A3A),
        new Color(0x5E3D28)
    };
    private static final Color[] HAIRS = {
        new Color(0x1C1512),
        new Color(0x3B2418),
        new Color(0x6A4223),
        new Color(0x9A5A24),
        new Color(0xC79A4B),
        new Color(0x7A2A18)
    };
    private static final Color GREY = new Color(0xB8B8BC);
    private static final Color WHITE = new Color(0xECECEE);

    static Look draw(PersonTraits traits, SplittableRandom random) {
        Color hair = HAIRS[random.nextInt(HAIRS.length)];
        boolean female = traits.female();
        return new Look(
                shade(SKINS[random.nextInt(SKINS.length)], random),
                aged(hair, traits.ageLevel()),
                cloth(random),
                cloth(random),
                cloth(random),
                cloth(random),
                female && random.nextDouble() < 0.85,
                female && random.nextDouble() < 0.93,
                !female && random.nextDouble() < 0.4,
                random.nextDouble() < new double[] {0.03, 0.05, 0.7, 0.6, 0.5}[traits.ageLevel()],
                random.nextDouble() < 0.25);
    }

    private static Color aged(Color hair, int ageLevel) {
        return switch (ageLevel) {
            case 3 -> GREY;
            case 4 -> WHITE;
            default -> hair;
        };
    }

    static Color cloth(SplittableRandom random) {
        return Color.getHSBColor((float) random.nextDouble(), (float) (0.15 + 0.75 * random.nextDouble()), (float)
                (0.25 + 0.7 * random.nextDouble()));
    }

    private static Color shade(Color color, SplittableRandom random) {
        double factor = 0.92 + 0.12 * random.nextDouble();
        return new Color(
                clamp(color.getRed() * factor), clamp(color.getGreen() * factor), clamp(color.getBlue() * factor));
    }

    /** A lighter (factor above 1) or darker variant. */
    static Color scaled(Color color, double factor) {
        return new Color(
                clamp(color.getRed() * factor), clamp(color.getGreen() * factor), clamp(color.getBlue() * factor));
    }

    private static int clamp(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
