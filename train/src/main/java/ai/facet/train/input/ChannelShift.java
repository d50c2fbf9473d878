package ai.facet.train.input;

import java.util.SplittableRandom;

/**
 * Adds one number to all red values, another to green and another to blue.
 *
 * @param largestLevels each number is drawn evenly from -this to this
 */
record ChannelShift(double largestLevels) implements Augmentation {
    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        for (int channel = 0; channel < 3; channel++) {
            shift(pixelsHwc, channel, (2 * random.nextDouble() - 1) * largestLevels);
        }
    }

    static void shift(byte[] pixels, int channel, double levels) {
        for (int i = channel; i < pixels.length; i += 3) {
            pixels[i] = Scratch.toByte((pixels[i] & 0xFF) + levels);
        }
    }
}
