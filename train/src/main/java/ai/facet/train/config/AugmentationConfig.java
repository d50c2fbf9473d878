package ai.facet.train.config;

import ai.facet.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How training pictures are changed at random. A strength of 0 leaves that change out.
 *
 * @param flip whether half of them are mirrored
 * @param blur largest standard deviation in pixels of the network's input
 * @param brightness largest part by which all values grow or shrink
 * @param channelShift largest number of levels, of 255, added to or taken from each channel
 * @param cutout largest side of the square that is painted over, as a part of the picture's shorter side
 * @param rotate largest angle in degrees, either way
 * @param crop largest part of both sides that is cut away before scaling up again
 * @param contrast largest part by which distances from mid-grey grow or shrink
 * @param saturation largest part by which distances from a pixel's grey grow or shrink
 * @param hue largest angle in degrees around the grey axis, either way
 * @param mixup parameter of the Beta distribution of a picture's weight against the one that it is mixed with
 * @param cutmix the same of the part that it keeps when both exchange a rectangle
 */
public record AugmentationConfig(
        boolean flip,
        AugmentationMode mode,
        double blur,
        double brightness,
        double channelShift,
        double cutout,
        double rotate,
        double crop,
        double contrast,
        double saturation,
        double hue,
        double mixup,
        double cutmix) {
    public AugmentationConfig {
        Ranges.inRange("--blur", blur, 0, 20);
        Ranges.inRange("--brightness", brightness, 0, 1);
        Ranges.inRange("--channel-shift", channelShift, 0, 255);
        Ranges.inRange("--cutout", cutout, 0, 1);
        Ranges.inRange("--rotate", rotate, 0, 180);
        Ranges.inRange("--crop", crop, 0, 0.9);
        Ranges.inRange("--contrast", contrast, 0, 1);
        Ranges.inRange("--saturation", saturation, 0, 1);
        Ranges.inRange("--hue", hue, 0, 180);
        mixing("--mixup", mixup);
        mixing("--cutmix", cutmix);
    }

    /** Mirroring alone, or nothing. */
    public AugmentationConfig(boolean flip) {
        this(flip, AugmentationMode.MIXED, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Everything at the strengths that the options' help calls mild; for looking at, not a default. */
    public static AugmentationConfig mild(boolean flip) {
        return new AugmentationConfig(flip, AugmentationMode.MIXED, 1, 0.2, 10, 0.3, 10, 0.15, 0.2, 0.2, 10, 0.2, 1);
    }

    /** Too small a parameter gives 0 or 1 to the last bit. */
    private static void mixing(String option, double alpha) {
        if (alpha != 0) {
            Ranges.inRange(option, alpha, 0.05, 2);
        }
    }

    /** What is done, with its strengths: {@code flip, rotate 10, crop 0.15}; {@code none} if nothing is. */
    public String summary() {
        List<String> changes = new ArrayList<>();
        toJson().forEach((name, value) -> {
            if (value instanceof Double strength && strength > 0) {
                changes.add(name + " "
                        + BigDecimal.valueOf(strength).stripTrailingZeros().toPlainString());
            }
        });
        if (flip) {
            changes.add(0, "flip");
        }
        String all = changes.isEmpty() ? "none" : String.join(", ", changes);
        return mode == AugmentationMode.MIXED ? all : all + " (" + mode.id() + ")";
    }

    /** Runs from before there was anything but mirroring hold {@code flip} alone. */
    static AugmentationConfig fromJson(JsonObject json) {
        if (!json.has("mode")) {
            return new AugmentationConfig(json.bool("flip"));
        }
        return new AugmentationConfig(
                json.bool("flip"),
                AugmentationMode.valueOf(json.string("mode").toUpperCase(Locale.ROOT)),
                json.number("blur"),
                json.number("brightness"),
                json.number("channelShift"),
                json.number("cutout"),
                json.number("rotate"),
                json.number("crop"),
                json.number("contrast"),
                json.number("saturation"),
                json.number("hue"),
                json.has("mixup") ? json.number("mixup") : 0,
                json.has("cutmix") ? json.number("cutmix") : 0);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("flip", flip);
        json.put("mode", mode.id());
        json.put("blur", blur);
        json.put("brightness", brightness);
        json.put("channelShift", channelShift);
        json.put("cutout", cutout);
        json.put("rotate", rotate);
        json.put("crop", crop);
        json.put("contrast", contrast);
        json.put("saturation", saturation);
        json.put("hue", hue);
        json.put("mixup", mixup);
        json.put("cutmix", cutmix);
        return json;
    }
}
