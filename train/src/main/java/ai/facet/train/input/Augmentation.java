package ai.facet.train.input;

import java.util.SplittableRandom;

/** A random change of one training picture that leaves its labels true. Thread-safe. */
public interface Augmentation {
    /**
     * Changes the picture in place.
     *
     * @param pixelsHwc {@code [height, width, 3]} bytes
     * @param random seeded from (seed, epoch, sample); every call for one picture takes numbers from the same one
     */
    void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random);
}
