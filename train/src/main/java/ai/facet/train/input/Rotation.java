package ai.facet.train.input;

import java.util.SplittableRandom;

/**
 * Turns pictures about their middle.
 *
 * @param largestDegrees the angle is drawn evenly from -this to this
 * @param fillRgb the letterbox's colour, for the corners
 */
record Rotation(double largestDegrees, int fillRgb) implements Augmentation {
    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        double degrees = (2 * random.nextDouble() - 1) * largestDegrees;
        Resampling.rotation(degrees, widthPx, heightPx).apply(pixelsHwc, widthPx, heightPx, fillRgb);
    }
}
