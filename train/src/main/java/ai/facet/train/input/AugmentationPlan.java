package ai.facet.train.input;

import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.AugmentationMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        if (config.mode() == AugmentationMode.SEPARATE) {
            List<List<Augmentation>> kinds = new ArrayList<>(List.of(List.of()));
            named(config, fillRgb).values().forEach(augmentation -> kinds.add(List.of(augmentation)));
            return new AugmentationPlan(kinds);
        }
        return allMixed(config, fillRgb);
    }

    /** The mixed mode, whatever the configuration says about it. */
    public static AugmentationPlan allMixed(AugmentationConfig config, int fillRgb) {
        return mixed(named(config, fillRgb).values().stream()
                .map(AugmentationPlan::halfOfThem)
                .toList());
    }

    /** The augmentations asked for, in the order of their use, each changing every picture. */
    public static Map<String, Augmentation> named(AugmentationConfig config, int fillRgb) {
        Map<String, Augmentation> named = new LinkedHashMap<>();
        if (config.flip()) {
            named.put("flip", (pixels, width, height, random) -> HorizontalFlip.mirror(pixels, width, height));
        }
        addIf(config.rotate() > 0, "rotate", new Rotation(config.rotate(), fillRgb), named);
        addIf(config.crop() > 0, "crop", new CropAndScale(config.crop()), named);
        addIf(config.blur() > 0, "blur", new GaussianBlur(config.blur()), named);
        addIf(config.brightness() > 0, "brightness", new Brightness(config.brightness()), named);
        boolean jitter = config.contrast() > 0 || config.saturation() > 0 || config.hue() > 0;
        addIf(jitter, "colour jitter", new ColourJitter(config.contrast(), config.saturation(), config.hue()), named);
        addIf(config.channelShift() > 0, "channel shift", new ChannelShift(config.channelShift()), named);
        addIf(config.cutout() > 0, "cutout", new Cutout(config.cutout(), fillRgb), named);
        return named;
    }

    private static void addIf(boolean asked, String name, Augmentation one, Map<String, Augmentation> named) {
        if (asked) {
            named.put(name, one);
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
