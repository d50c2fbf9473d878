package ai.facet.json;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON text; see {@link Json} for the value types. */
final class JsonPrinter {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonPrinter(boolean pretty) {
        this.pretty = pretty;
    }

    static String print(@Nullable Object value, boolean pretty) {
        JsonPrinter printer = new JsonPrinter(pretty);
        printer.value(value, 0);
        return printer.out.toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof CharSequence text) {
            string(text);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof Collection<?> list) {
            list(list, depth);
        } else {
            throw new JsonException("cannot write a " + value.getClass().getName() + " as JSON");
        }
    }

    private void map(Map<?, ?> map, int depth) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(depth + 1, pretty);
            string(String.valueOf(entry.getKey()));
            out.append(pretty ? ": " : ":");
            value(entry.getValue(), depth + 1);
            comma(entries.hasNext());
        }
        newLine(depth, pretty && !map.isEmpty());
        out.append('}');
    }

    private void list(Collection<?> list, int depth) {
        boolean broken = pretty && list.stream().anyMatch(e -> e instanceof Map || e instanceof Collection);
        out.append('[');
        Iterator<?> items = list.iterator();
        while (items.hasNext()) {
            newLine(depth + 1, broken);
            value(items.next(), depth + 1);
            comma(items.hasNext());
            out.append(pretty && !broken && items.hasNext() ? " " : "");
        }
        newLine(depth, broken);
        out.append(']');
    }

    private void comma(boolean more) {
        if (more) {
            out.append(',');
        }
    }

    private void newLine(int depth, boolean wanted) {
        if (wanted) {
            out.append('\n');
            for (int i = 0; i < depth; i++) {
                out.append(INDENT);
            }
        }
    }

    private void number(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new JsonException("JSON has no " + number);
        }
        out.append(number);
    }

    private void string(CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    /** Escapes what RFC 8259 demands, and {@code <} so that the text may stand inside an HTML script element. */
    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || c == '<' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
