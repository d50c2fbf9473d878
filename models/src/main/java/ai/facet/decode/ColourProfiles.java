package ai.facet.decode;

import ai.facet.image.RgbImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Applies embedded profiles; remembers the last one, as a folder of photos mostly has the same. Thread-safe. */
final class ColourProfiles {
    private volatile @Nullable Entry last;

    private record Entry(
            byte[] profile, boolean grey, @Nullable IccTransform transform) {}

    /** Converts the picture to sRGB in place; does nothing without a profile or with sRGB's own. */
    void toSrgb(RgbImage image, byte @Nullable [] profile, boolean grey, String name) throws ImageDecodeException {
        if (profile == null) {
            return;
        }
        Entry entry = last;
        if (entry == null || entry.grey != grey || !Arrays.equals(entry.profile, profile)) {
            entry = new Entry(profile, grey, IccTransform.of(profile, grey, name));
            last = entry;
        }
        if (entry.transform != null) {
            entry.transform.apply(image);
        }
    }
}
