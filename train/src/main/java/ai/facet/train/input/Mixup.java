package ai.facet.train.input;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Every pixel becomes a weighted mean of two pictures (Zhang et al., 2018).
 *
 * @param alpha of the Beta distribution of the weight; 0.2 is usual
 */
record Mixup(double alpha) implements Mixing {
    private static final int ONE = 256; // the weight in fixed point

    @Override
    public double apply(ByteBuffer pixelsNhwc, int pictures, BatchFeeder.Frame frame, SplittableRandom random) {
        int own = (int) Math.round(Mixing.beta(alpha, random) * ONE);
        int bytes = frame.bytes();
        for (int picture = 0; picture < pictures / 2; picture++) {
            int first = picture * bytes;
            int second = Mixing.partner(picture, pictures) * bytes;
            for (int i = 0; i < bytes; i++) {
                int a = pixelsNhwc.get(first + i) & 0xff;
                int b = pixelsNhwc.get(second + i) & 0xff;
                pixelsNhwc.put(first + i, mean(a, b, own));
                pixelsNhwc.put(second + i, mean(b, a, own));
            }
        }
        return own / (double) ONE;
    }

    private static byte mean(int own, int other, int weight) {
        return (byte) ((own * weight + other * (ONE - weight) + ONE / 2) / ONE);
    }
}
