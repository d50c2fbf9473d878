package ai.facet.train.input;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Mixes the pictures of a batch in pairs, in place: the first with the last, the second with the last but one. As the
 * order of pictures is drawn anew each epoch, so are the pairs; the middle one of an odd number stays as it is.
 */
public interface Mixing {
    /**
     * Changes the pixels of all pictures.
     *
     * @param pixelsNhwc {@code [pictures, height, width, 3]} bytes from position 0
     * @return how much of each picture is still its own, 0 to 1
     */
    double apply(ByteBuffer pixelsNhwc, int pictures, BatchFeeder.Frame frame, SplittableRandom random);

    /** The picture that one is mixed with. */
    static int partner(int picture, int pictures) {
        return pictures - 1 - picture;
    }

    /**
     * Beta-distributed with both parameters equal, symmetric about a half: near 0 or 1 for small ones, even for 1 (Jöhnk,
     * 1964).
     *
     * @param alpha above 0; slow above 1
     */
    static double beta(double alpha, SplittableRandom random) {
        while (true) {
            double x = Math.pow(random.nextDouble(), 1 / alpha);
            double y = Math.pow(random.nextDouble(), 1 / alpha);
            if (x + y > 0 && x + y <= 1) {
                return x / (x + y);
            }
        }
    }
}
