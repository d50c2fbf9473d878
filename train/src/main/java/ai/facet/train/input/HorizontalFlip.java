package ai.facet.train.input;

import java.util.SplittableRandom;

/** Mirrors every second picture, left to right. */
public final class HorizontalFlip implements Augmentation {
    private static final int CHANNELS = 3;

    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        if (random.nextBoolean()) {
            mirror(pixelsHwc, widthPx, heightPx);
        }
    }

    /** Mirrors a picture in place. */
    static void mirror(byte[] pixelsHwc, int widthPx, int heightPx) {
        for (int y = 0; y < heightPx; y++) {
            flipRow(pixelsHwc, y * widthPx * CHANNELS, widthPx);
        }
    }

    private static void flipRow(byte[] pixels, int offset, int widthPx) {
        int left = offset;
        int right = offset + (widthPx - 1) * CHANNELS;
        for (; left < right; left += CHANNELS, right -= CHANNELS) {
            for (int c = 0; c < CHANNELS; c++) {
                byte swapped = pixels[left + c];
                pixels[left + c] = pixels[right + c];
                pixels[right + c] = swapped;
            }
        }
    }
}
