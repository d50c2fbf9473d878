package ai.facet.train.config;

import java.util.Locale;

/** How augmentations come together in an epoch. */
public enum AugmentationMode {
    /** Each picture comes once, and each augmentation changes it at random. */
    MIXED,
    /** Each picture comes once as it is and once more per augmentation, in batches of one kind. */
    SEPARATE;

    /** The name in files and options. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
