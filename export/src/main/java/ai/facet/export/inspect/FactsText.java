package ai.facet.export.inspect;

import ai.facet.cli.TextTable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts for people: values by name, lists of objects as tables. Control characters of files never reach a terminal. */
public final class FactsText {
    private static final int NAME_WIDTH = 24;
    private static final int MOST_ROWS = 60;
    private static final int MOST_CHARACTERS = 160;

    private final StringBuilder out = new StringBuilder();

    private FactsText() {}

    public static String of(Map<String, ?> facts) {
        FactsText text = new FactsText();
        text.values(facts, "");
        return text.out.toString();
    }

    private void values(Map<?, ?> values, String indent) {
        values.forEach((key, value) -> value(indent, clean(String.valueOf(key)), value));
    }

    private void value(String indent, String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append(indent).append(name).append('\n');
            values(map, indent + "  ");
        } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> first) {
            out.append(indent).append(name).append('\n');
            if (first.values().stream().anyMatch(Map.class::isInstance)) {
                list.forEach(item -> {
                    out.append('\n');
                    values((Map<?, ?>) item, indent + "  ");
                });
            } else {
                table(list, first, indent + "  ");
            }
        } else {
            int width = Math.max(1, NAME_WIDTH - indent.length());
            out.append(String.format(Locale.ROOT, "%s%-" + width + "s %s", indent, name, shown(value))
                            .stripTrailing())
                    .append('\n');
        }
    }

    private void table(List<?> rows, Map<?, ?> first, String indent) {
        TextTable table =
                new TextTable(first.keySet().stream().map(String::valueOf).toList());
        for (Object row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            Map<?, ?> map = (Map<?, ?>) row;
            table.add(first.keySet().stream().map(key -> shown(map.get(key))).toList());
        }
        out.append(table.toString().indent(indent.length()));
        if (rows.size() > MOST_ROWS) {
            out.append(indent).append("and ").append(rows.size() - MOST_ROWS).append(" more; --json lists all\n");
        }
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof Long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        if (value instanceof Collection<?> items) {
            return clean(String.join(", ", items.stream().map(String::valueOf).toList()));
        }
        return value instanceof Map<?, ?> ? "" : clean(String.valueOf(value));
    }

    private static String clean(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        return printable.length() <= MOST_CHARACTERS ? printable : printable.substring(0, MOST_CHARACTERS) + "...";
    }
}
