package ai.facet.prediction;

import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Drawn pictures and the classes that an int8 model gave for them where it was made: integer kernels differ between
 * processors, and one that gives other classes here computes something else. The pictures are drawn from seeds, so nobody's
 * picture lies in the bundle. {@code facet verify}, the server and the Android app ask through this one class.
 *
 * @param seeds of the pictures
 * @param classes one array for each picture: a class for each attribute, in schema order
 */
public record Int8Check(List<Long> seeds, List<int[]> classes) {
    /** How many pictures a bundle keeps. */
    public static final int PICTURES = 8;

    private static final int PATCHES = 5;
    private static final int LEVELS = 256;
    private static final int RGB = 3;

    public Int8Check {
        seeds = List.copyOf(seeds);
        classes = List.copyOf(classes);
        if (seeds.isEmpty() || seeds.size() != classes.size()) {
            throw new IllegalArgumentException(classes.size() + " answers for " + seeds.size() + " pictures");
        }
    }

    /**
     * A loaded int8 model.
     *
     * @param <E> what it may throw when it is asked
     */
    @FunctionalInterface
    public interface Model<E extends Exception> {
        /** The answers about one picture, {@code [heightPx, widthPx, 3]}. */
        Prediction answer(byte[] pixelsHwc) throws E;
    }

    /** How many answers there are to compare. */
    public int answers() {
        return seeds.size() * classes.get(0).length;
    }

    /** Asks a model about every picture, and counts the answers that are others than the stored ones. */
    public <E extends Exception> int different(Preprocessing input, Model<E> model) throws E {
        int different = 0;
        for (int i = 0; i < seeds.size(); i++) {
            List<AttributePrediction> answers = model.answer(pixels(seeds.get(i), input.widthPx(), input.heightPx()))
                    .attributes();
            for (int a = 0; a < answers.size(); a++) {
                different += isStored(i, a, answers.get(a).classIndex()) ? 0 : 1;
            }
        }
        return different;
    }

    /** Whether this is the class that was found where the model was made. */
    public boolean isStored(int picture, int attribute, int classIndex) {
        return classes.get(picture)[attribute] == classIndex;
    }

    /**
     * A picture of a seed: colours of 5 x 5 points from {@link Random}, red first, row by row, with straight lines between
     * them, in integers.
     *
     * @return {@code [heightPx, widthPx, 3]}
     */
    public static byte[] pixels(long seed, int widthPx, int heightPx) {
        Random random = new Random(seed);
        int[] colours = new int[PATCHES * PATCHES * RGB];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = random.nextInt(LEVELS);
        }
        byte[] pixels = new byte[widthPx * heightPx * RGB];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) colour(colours, i % RGB, i / RGB % widthPx, widthPx, i / RGB / widthPx, heightPx);
        }
        return pixels;
    }

    private static int colour(int[] colours, int channel, int x, int widthPx, int y, int heightPx) {
        int across = x * LEVELS * (PATCHES - 1) / widthPx; // in 256ths of a patch
        int down = y * LEVELS * (PATCHES - 1) / heightPx;
        int column = across / LEVELS;
        int row = down / LEVELS;
        int right = across % LEVELS;
        int below = down % LEVELS;
        int upper =
                at(colours, row, column, channel) * (LEVELS - right) + at(colours, row, column + 1, channel) * right;
        int lower = at(colours, row + 1, column, channel) * (LEVELS - right)
                + at(colours, row + 1, column + 1, channel) * right;
        return (upper * (LEVELS - below) + lower * below) / (LEVELS * LEVELS);
    }

    private static int at(int[] colours, int row, int column, int channel) {
        return colours[(row * PATCHES + column) * RGB + channel];
    }

    /**
     * Reads the JSON form.
     *
     * @throws JsonException if it does not fit the attributes
     */
    public static Int8Check fromJson(JsonObject json, AttributeSchema schema) {
        List<Long> seeds = json.numbers("seeds").stream().map(Double::longValue).collect(Collectors.toList());
        JsonObject answers = json.object("classes");
        List<int[]> classes = new ArrayList<>();
        seeds.forEach(seed -> classes.add(new int[schema.size()]));
        for (int a = 0; a < schema.size(); a++) {
            Attribute attribute = schema.attributes().get(a);
            List<String> names = answers.strings(attribute.id());
            if (names.size() != seeds.size() || seeds.isEmpty()) {
                throw answers.error(
                        attribute.id(), "has " + names.size() + " classes; expected " + Math.max(1, seeds.size()));
            }
            for (int i = 0; i < seeds.size(); i++) {
                int index = attribute.indexOf(names.get(i));
                if (index < 0) {
                    throw answers.error(
                            attribute.id(), "holds \"" + names.get(i) + "\"; expected one of " + attribute.classes());
                }
                classes.get(i)[a] = index;
            }
        }
        return new Int8Check(seeds, classes);
    }

    /** {@code {"seeds": [...], "classes": {"<attribute>": [class, ...]}}}. */
    public Map<String, Object> toJson(AttributeSchema schema) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (int a = 0; a < schema.size(); a++) {
            Attribute attribute = schema.attributes().get(a);
            int index = a;
            answers.put(
                    attribute.id(),
                    classes.stream()
                            .map(row -> attribute.classes().get(row[index]))
                            .collect(Collectors.toList()));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seeds", seeds);
        json.put("classes", answers);
        return json;
    }
}
