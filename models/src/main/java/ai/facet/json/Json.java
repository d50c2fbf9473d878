package ai.facet.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entry points for JSON text.
 *
 * <p>Values are {@code Map<String, ?>} in insertion order, {@code List<?>}, {@link String}, {@link Boolean},
 * {@link Long} or {@link Double} and {@code null}. The writer also takes any other {@link Number}; a number that is
 * not finite is an error in both directions.
 */
public final class Json {
    private Json() {}

    /**
     * Reads one JSON object.
     *
     * @param source what the text is called in error messages, usually a file name
     * @throws JsonException if the text is not one JSON object, a key stands twice, or it is nested deeper than 64
     */
    public static JsonObject parseObject(String text, String source) {
        Object value = parse(text, source);
        if (value instanceof Map<?, ?> map) {
            return new JsonObject(map, source);
        }
        throw new JsonException(source + ": expected a JSON object at the top level");
    }

    /**
     * Reads one JSON value of any kind.
     *
     * @throws JsonException as {@link #parseObject}
     */
    public static @Nullable Object parse(String text, String source) {
        return new JsonParser(text, source).parseDocument();
    }

    /** One line without spaces. The same value gives the same text. */
    public static String write(@Nullable Object value) {
        return JsonPrinter.print(value, false);
    }

    /** Two spaces of indentation, a line feed at the end; lists of numbers and strings stay on one line. */
    public static String writePretty(@Nullable Object value) {
        return JsonPrinter.print(value, true) + "\n";
    }
}
