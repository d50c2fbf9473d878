package ai.facet.schema;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One question that a model answers about an image, with the answers it may give.
 *
 * @param id the name in graphs, JSON and code: {@code [a-z][a-z0-9_]*}, not {@code image}, not ending in
 *     {@code _logits}, because outputs are called {@code <id>} and {@code <id>_logits}
 * @param title the CSV column's title as people wrote it
 * @param classes at least two different texts; the position is the class index everywhere
 */
public record Attribute(String id, String title, List<String> classes) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]*");
    private static final String INPUT_NAME = "image";
    private static final String LOGITS_SUFFIX = "_logits";

    public Attribute {
        classes = List.copyOf(classes);
        if (!ID.matcher(id).matches() || id.equals(INPUT_NAME) || id.endsWith(LOGITS_SUFFIX)) {
            throw new IllegalArgumentException("attribute id \"" + id + "\" is not allowed; expected " + ID.pattern()
                    + ", not \"image\", not ending in \"_logits\". Rename the column \"" + title + "\"");
        }
        if (classes.size() < 2) {
            throw new IllegalArgumentException(
                    "attribute " + id + " has the classes " + classes + "; expected at least two");
        }
        if (classes.stream().distinct().count() != classes.size()
                || classes.stream().anyMatch(Attribute::isBlankOrPadded)) {
            throw new IllegalArgumentException("attribute " + id + " has blank or repeated classes, or white space"
                    + " around one: " + classes + "; expected different texts");
        }
    }

    /** Android 9 has no isBlank() and no strip(). */
    private static boolean isBlankOrPadded(String text) {
        return text.isEmpty()
                || Character.isWhitespace(text.charAt(0))
                || Character.isWhitespace(text.charAt(text.length() - 1));
    }

    /** An attribute whose id is made from the column title: lower case, anything but letters and digits as {@code _}. */
    public static Attribute ofTitle(String title, List<String> classes) {
        String id = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return new Attribute(id, title, classes);
    }

    /** Name of the float32 output {@code [N, classes]} with logits before temperature. */
    public String logitsName() {
        return id + LOGITS_SUFFIX;
    }

    public int classCount() {
        return classes.size();
    }

    /** The index of a class, or -1 if there is no such class. */
    public int indexOf(String className) {
        return classes.indexOf(className);
    }
}
