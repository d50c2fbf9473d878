package ai.facet.train.synth;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A drawn person.
 *
 * @param image {@code TYPE_INT_RGB}
 * @param regions where head, body (the torso), bag, feet, arms and the whole person are, in pixels, clipped to the picture; what is not seen is missing
 */
record SynthImage(BufferedImage image, PersonTraits traits, List<Region> regions) {
    SynthImage {
        regions = List.copyOf(regions);
    }

    /** A named box in pixels. */
    record Region(String name, int x, int y, int widthPx, int heightPx) {}
}
