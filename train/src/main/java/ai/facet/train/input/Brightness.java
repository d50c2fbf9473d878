package ai.facet.train.input;

import java.util.SplittableRandom;

/**
 * Multiplies all values by one factor.
 *
 * @param largestPart the factor is drawn evenly from 1 - this to 1 + this
 */
record Brightness(double largestPart) implements Augmentation {
    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        scale(pixelsHwc, 1 + (2 * random.nextDouble() - 1) * largestPart);
    }

    static void scale(byte[] pixels, double factor) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Scratch.toByte((pixels[i] & 0xFF) * factor);
        }
    }
}
