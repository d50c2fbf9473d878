package ai.facet.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with typed access. Every getter throws {@link JsonException} naming the place when a key is missing or
 * its value has another type.
 */
public final class JsonObject {
    private final Map<?, ?> values;
    private final String place;

    JsonObject(Map<?, ?> values, String place) {
        this.values = values;
        this.place = place;
    }

    /** Where this object stands, for error messages: {@code model.json.attributes[2]}. */
    public String place() {
        return place;
    }

    public boolean has(String key) {
        return values.get(key) != null;
    }

    public List<String> keys() {
        return values.keySet().stream().map(String::valueOf).collect(Collectors.toList());
    }

    /**
     * Refuses keys that nobody would read, for files that people write: a misspelt one would be silently ignored.
     *
     * @throws JsonException naming the first unknown key and the known ones
     */
    public void requireOnly(Collection<String> known) {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw error(key, "is unknown; expected one of " + known);
            }
        }
    }

    public String string(String key) {
        return typed(key, String.class, "a string");
    }

    public boolean bool(String key) {
        return typed(key, Boolean.class, "true or false");
    }

    public double number(String key) {
        return typed(key, Number.class, "a number").doubleValue();
    }

    /** An integer in the range of {@code long}. */
    public long integer(String key) {
        Number number = typed(key, Number.class, "an integer");
        if (number instanceof Long) {
            return number.longValue();
        }
        throw wrong(key, "an integer");
    }

    /** An integer in the range of {@code int}. */
    public int int32(String key) {
        long value = integer(key);
        if (value != (int) value) {
            throw wrong(key, "an integer of 32 bits");
        }
        return (int) value;
    }

    public JsonObject object(String key) {
        return new JsonObject(typed(key, Map.class, "an object"), place + "." + key);
    }

    public List<JsonObject> objects(String key) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : list(key)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw wrong(key, "a list of objects");
            }
            objects.add(new JsonObject(map, place + "." + key + "[" + objects.size() + "]"));
        }
        return objects;
    }

    public List<String> strings(String key) {
        return items(key, "a list of strings", item -> item instanceof String s ? s : null);
    }

    public List<Double> numbers(String key) {
        return items(key, "a list of numbers", item -> item instanceof Number n ? n.doubleValue() : null);
    }

    /** The value as parsed: see {@link Json} for the types. */
    public @Nullable Object raw(String key) {
        return values.get(key);
    }

    /** The whole object as parsed. */
    public Map<?, ?> raw() {
        return values;
    }

    /** An error at one key of this object. */
    public JsonException error(String key, String what) {
        return new JsonException(place + "." + key + ": " + what);
    }

    private List<?> list(String key) {
        return typed(key, List.class, "a list");
    }

    private <T> List<T> items(String key, String expected, Function<@Nullable Object, @Nullable T> convert) {
        List<T> items = new ArrayList<>();
        for (Object item : list(key)) {
            T converted = convert.apply(item);
            if (converted == null) {
                throw wrong(key, expected);
            }
            items.add(converted);
        }
        return items;
    }

    private <T> T typed(String key, Class<T> type, String expected) {
        Object value = values.get(key);
        if (!type.isInstance(value)) {
            throw wrong(key, expected);
        }
        return type.cast(value);
    }

    private JsonException wrong(String key, String expected) {
        String found = values.containsKey(key) ? "is " + abbreviate(Json.write(values.get(key))) : "is missing";
        return error(key, found + "; expected " + expected);
    }

    private static String abbreviate(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
