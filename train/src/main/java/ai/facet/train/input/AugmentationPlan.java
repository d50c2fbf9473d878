package ai.facet.train.input;

import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.AugmentationMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The kinds of batches in an epoch. Each kind holds every picture once, and batches of all kinds take turns.
 *
 * @param kinds what is done to the pictures of each kind, in this order
 */
public record AugmentationPlan(List<List<Augmentation>> kinds) {
    public AugmentationPlan {
        kinds = kinds.stream().map(List::copyOf).toList();
    }

    /** One kind of batches: all of these. */
    public static AugmentationPlan mixed(List<Augmentation> augmentations) {
        return new AugmentationPlan(List.of(augmentations));
    }

    /**
     * What a configuration asks for.
     *
     * @param fillRgb {@code 0xRRGGBB}, the letterbox's colour
     */
    public static AugmentationPlan of(AugmentationConfig config, int fillRgb) {
        boolean separate = config.mode() == AugmentationMode.SEPARATE;
        List<List<Augmentation>> separated = new ArrayList<>(List.of(List.of()));
        List<Augmentation> mixed = new ArrayList<>();
        if (config.flip()) {
            separated.add(List.of((pixels, width, height, random) -> HorizontalFlip.mirror(pixels, width, height)));
            mixed.add(new HorizontalFlip());
        }
        for (Augmentation augmentation : changes(config, fillRgb)) {
            separated.add(List.of(augmentation));
            mixed.add(halfOfThem(augmentation));
        }
        return separate ? new AugmentationPlan(separated) : mixed(mixed);
    }

    private static List<Augmentation> changes(AugmentationConfig config, int fillRgb) {
        List<Augmentation> changes = new ArrayList<>();
        addIf(config.rotate() > 0, new Rotation(config.rotate(), fillRgb), changes);
        addIf(config.crop() > 0, new CropAndScale(config.crop()), changes);
        addIf(config.blur() > 0, new GaussianBlur(config.blur()), changes);
        addIf(config.brightness() > 0, new Brightness(config.brightness()), changes);
        boolean jitter = config.contrast() > 0 || config.saturation() > 0 || config.hue() > 0;
        addIf(jitter, new ColourJitter(config.contrast(), config.saturation(), config.hue()), changes);
        addIf(config.channelShift() > 0, new ChannelShift(config.channelShift()), changes);
        addIf(config.cutout() > 0, new Cutout(config.cutout(), fillRgb), changes);
        return changes;
    }

    private static void addIf(boolean asked, Augmentation augmentation, List<Augmentation> changes) {
        if (asked) {
            changes.add(augmentation);
        }
    }

    private static Augmentation halfOfThem(Augmentation augmentation) {
        return (pixels, width, height, random) -> {
            if (random.nextBoolean()) {
                augmentation.apply(pixels, width, height, random);
            }
        };
    }
}
