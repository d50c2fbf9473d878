package ai.facet.train.input;

import java.util.SplittableRandom;

/**
 * Shows a part of the picture, of the same shape and anywhere in it, at full size.
 *
 * @param largestCut what is cut away of both sides is drawn evenly from 0 to this part
 */
record CropAndScale(double largestCut) implements Augmentation {
    @Override
    public void apply(byte[] pixelsHwc, int widthPx, int heightPx, SplittableRandom random) {
        double cut = random.nextDouble() * largestCut;
        double left = random.nextDouble() * cut * widthPx;
        double top = random.nextDouble() * cut * heightPx;
        Resampling.crop(1 - cut, left, top).apply(pixelsHwc, widthPx, heightPx, 0); // nothing comes from outside
    }
}
