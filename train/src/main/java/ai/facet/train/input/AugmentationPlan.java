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
public record AugmentationPlan(List<Kind> kinds) {
    /**
     * One kind of batches.
     *
     * @param changes each picture goes through all of these
     * @param mixings one of these, chosen for each batch, then mixes its pictures; may be empty
     */
    public record Kind(List<Augmentation> changes, List<Mixing> mixings) {
        public Kind {
            changes = List.copyOf(changes);
            mixings = List.copyOf(mixings);
        }
    }

    public AugmentationPlan {
        kinds = List.copyOf(kinds);
    }

    /** One kind of batches: all of these. */
    public static AugmentationPlan mixed(List<Augmentation> augmentations) {
        return new AugmentationPlan(List.of(new Kind(augmentations, List.of())));
    }

    /**
     * What a configuration asks for.
     *
     * @param fillRgb {@code 0xRRGGBB}, the letterbox's colour
     */
    public static AugmentationPlan of(AugmentationConfig config, int fillRgb) {
        if (config.mode() == AugmentationMode.SEPARATE) {
            List<Kind> kinds = new ArrayList<>(List.of(new Kind(List.of(), List.of())));
            named(config, fillRgb).values().forEach(change -> kinds.add(new Kind(List.of(change), List.of())));
            mixings(config).values().forEach(mixing -> kinds.add(new Kind(List.of(), List.of(mixing))));
            return new AugmentationPlan(kinds);
        }
        return new AugmentationPlan(List.of(
                new Kind(atRandom(config, fillRgb), List.copyOf(mixings(config).values()))));
    }

    /** The changes of the mixed mode, whatever the configuration says about it: each comes to half of the pictures. */
    public static List<Augmentation> atRandom(AugmentationConfig config, int fillRgb) {
        return named(config, fillRgb).values().stream()
                .map(AugmentationPlan::halfOfThem)
                .toList();
    }

    /** The ways of mixing pictures that are asked for. */
    public static Map<String, Mixing> mixings(AugmentationConfig config) {
        Map<String, Mixing> mixings = new LinkedHashMap<>();
        if (config.mixup() > 0) {
            mixings.put("mixup", new Mixup(config.mixup()));
        }
        if (config.cutmix() > 0) {
            mixings.put("cutmix", new Cutmix(config.cutmix()));
        }
        return mixings;
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
