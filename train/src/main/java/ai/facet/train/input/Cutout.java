package ai.facet.train.input;

import java.util.SplittableRandom;

/**
 * Paints one square, wholly inside the picture, in the letterbox's colour.
 *
 * @param largestPart its side is drawn evenly from 0 to this part of the picture's shorter side
 * @param fillRgb {@code 0xRRGGBB}
 */
record Cutout(double largestPart, int fillRgb) implements Augmentation {
    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        double part = random.nextDouble() * largestPart;
        int side = (int) Math.round(part * Math.min(widthPx, heightPx));
        int left = random.nextInt(widthPx - side + 1);
        int top = random.nextInt(heightPx - side + 1);
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                int at = (y * widthPx + x) * 3;
                pixelsHwc[at] = (byte) (fillRgb >> 16);
                pixelsHwc[at + 1] = (byte) (fillRgb >> 8);
                pixelsHwc[at + 2] = (byte) fillRgb;
            }
        }
    }
}
