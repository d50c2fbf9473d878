package ai.facet.train.input;

import java.util.SplittableRandom;

/**
 * Changes contrast, saturation and hue. All three are linear in the values, so that one matrix does them at once.
 *
 * @param contrast the factor of distances from mid-grey is drawn evenly from 1 - this to 1 + this
 * @param saturation the factor of distances from a pixel's grey, likewise
 * @param hueDegrees the turn around the grey axis is drawn evenly from -this to this
 */
record ColourJitter(double contrast, double saturation, double hueDegrees) implements Augmentation {
    private static final double MIDDLE = 127.5;

    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        double c = 1 + (2 * random.nextDouble() - 1) * contrast;
        double s = 1 + (2 * random.nextDouble() - 1) * saturation;
        double h = (2 * random.nextDouble() - 1) * hueDegrees;
        change(pixelsHwc, c, s, h);
    }

    /**
     * The turn keeps a pixel's mean; the colour beside it is a vector that turns and grows by {@code saturation}
     * (Rodrigues' formula about (1, 1, 1)).
     */
    static void change(byte[] pixels, double contrast, double saturation, double degrees) {
        double along = contrast * saturation * Math.cos(Math.toRadians(degrees));
        double across = contrast * saturation * Math.sin(Math.toRadians(degrees)) / Math.sqrt(3);
        for (int i = 0; i < pixels.length; i += 3) {
            double r = (pixels[i] & 0xFF) - MIDDLE;
            double g = (pixels[i + 1] & 0xFF) - MIDDLE;
            double b = (pixels[i + 2] & 0xFF) - MIDDLE;
            double grey = (r + g + b) / 3;
            double middle = MIDDLE + contrast * grey;
            pixels[i] = Scratch.toByte(middle + along * (r - grey) + across * (b - g));
            pixels[i + 1] = Scratch.toByte(middle + along * (g - grey) + across * (r - b));
            pixels[i + 2] = Scratch.toByte(middle + along * (b - grey) + across * (g - r));
        }
    }
}
