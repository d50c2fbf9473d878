package ai.facet.train.input;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Two pictures exchange a rectangle of the picture's proportions, cut off at its border (Yun et al., 2019).
 *
 * @param alpha of the Beta distribution of the part that stays; 1 is usual
 */
record Cutmix(double alpha) implements Mixing {
    @Override
    public double apply(ByteBuffer pixelsNhwc, int pictures, BatchFeeder.Frame frame, SplittableRandom random) {
        double side = Math.sqrt(1 - Mixing.beta(alpha, random));
        int width = (int) Math.round(frame.widthPx() * side);
        int height = (int) Math.round(frame.heightPx() * side);
        int left = random.nextInt(frame.widthPx()) - width / 2;
        int top = random.nextInt(frame.heightPx()) - height / 2;
        int right = Math.min(frame.widthPx(), left + width);
        int bottom = Math.min(frame.heightPx(), top + height);
        left = Math.max(0, left);
        top = Math.max(0, top);
        for (int picture = 0; picture < pictures / 2; picture++) {
            int first = picture * frame.bytes();
            int second = Mixing.partner(picture, pictures) * frame.bytes();
            for (int y = top; y < bottom; y++) {
                int from = (y * frame.widthPx() + left) * 3;
                int to = (y * frame.widthPx() + right) * 3;
                exchange(pixelsNhwc, first + from, second + from, to - from);
            }
        }
        double pixels = (double) frame.widthPx() * frame.heightPx();
        return 1 - (right - left) * (double) (bottom - top) / pixels;
    }

    private static void exchange(ByteBuffer pixels, int a, int b, int bytes) {
        for (int i = 0; i < bytes; i++) {
            byte kept = pixels.get(a + i);
            pixels.put(a + i, pixels.get(b + i));
            pixels.put(b + i, kept);
        }
    }
}
