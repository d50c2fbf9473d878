package ai.facet.preprocess;

import ai.facet.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The preprocessing contract that travels inside every model: resize with the triangle filter, antialiased, equal to
 * Pillow's {@code resize(BILINEAR)}; RGB order; the graph itself computes {@code (x - mean) / std} on 0..255 values.
 *
 * @param widthPx the network's input width
 * @param heightPx the network's input height
 * @param padRgb {@code 0xRRGGBB}, the letterbox's colour
 * @param mean three values, red first, in units of 0..255
 * @param std three positive values, red first, in units of 0..255
 */
public record Preprocessing(int widthPx, int heightPx, Fit fit, int padRgb, List<Double> mean, List<Double> std) {
    /** The only filter there is; named in files so that another one can be told apart. */
    public static final String FILTER = "triangle";

    private static final int MAX_SIDE_PX = 4096;
    private static final int NEUTRAL_GREY = 0x808080;

    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (widthPx < 1 || heightPx < 1 || widthPx > MAX_SIDE_PX || heightPx > MAX_SIDE_PX) {
            throw new IllegalArgumentException(
                    "input size " + widthPx + "x" + heightPx + " px; expected 1 to " + MAX_SIDE_PX + " each");
        }
        if (padRgb < 0 || padRgb > 0xFFFFFF) {
            throw new IllegalArgumentException("pad colour " + padRgb + "; expected 0x000000 to 0xFFFFFF");
        }
        if (mean.size() != 3
                || std.size() != 3
                || std.stream().anyMatch(s -> !(s.floatValue() > 0))
                || !java.util.stream.Stream.concat(mean.stream(), std.stream())
                        .allMatch(v -> Float.isFinite(v.floatValue()))) {
            throw new IllegalArgumentException(
                    "mean " + mean + ", std " + std + "; expected three values, std above 0, all finite as float32");
        }
    }

    /** A square letterbox with grey padding, normalised to about -1..1. */
    public static Preprocessing square(int sidePx) {
        List<Double> half = List.of(127.5, 127.5, 127.5);
        return new Preprocessing(sidePx, sidePx, Fit.LETTERBOX, NEUTRAL_GREY, half, half);
    }

    /** Bytes of one input image, {@code height * width * 3}. */
    public int imageBytes() {
        return heightPx * widthPx * 3;
    }

    public static Preprocessing fromJson(JsonObject json) {
        if (!json.string("filter").equals(FILTER)) {
            throw json.error("filter", "is \"" + json.string("filter") + "\"; expected \"" + FILTER + "\"");
        }
        try {
            return new Preprocessing(
                    json.int32("widthPx"),
                    json.int32("heightPx"),
                    fit(json),
                    pad(json),
                    json.numbers("mean"),
                    json.numbers("std"));
        } catch (IllegalArgumentException e) {
            throw json.error("*", String.valueOf(e.getMessage()));
        }
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("widthPx", widthPx);
        json.put("heightPx", heightPx);
        json.put("fit", fit.id());
        json.put("filter", FILTER);
        json.put("pad", String.format("#%06x", padRgb));
        json.put("mean", mean);
        json.put("std", std);
        return json;
    }

    private static int pad(JsonObject json) {
        String pad = json.string("pad");
        if (!pad.matches("#[0-9a-fA-F]{6}")) {
            throw json.error("pad", "is \"" + pad + "\"; expected a colour such as \"#808080\"");
        }
        return Integer.parseInt(pad.substring(1), 16);
    }

    private static Fit fit(JsonObject json) {
        String id = json.string("fit");
        return Arrays.stream(Fit.values())
                .filter(f -> f.id().equals(id))
                .findFirst()
                .orElseThrow(() -> json.error(
                        "fit",
                        "is \"" + id + "\"; expected one of "
                                + Arrays.stream(Fit.values()).map(Fit::id).collect(Collectors.toList())));
    }
}
