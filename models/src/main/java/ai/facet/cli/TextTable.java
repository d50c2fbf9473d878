package ai.facet.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under titles, aligned for a terminal: the first column to the left, the others to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> titles;
    /** An empty row stands for a rule. */
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> titles) {
        this.titles = List.copyOf(titles);
    }

    /** Adds a row of as many cells as there are titles. */
    public void add(List<String> cells) {
        if (cells.size() != titles.size()) {
            throw new IllegalArgumentException(cells.size() + " cells under " + titles.size() + " titles");
        }
        rows.add(List.copyOf(cells));
    }

    /** Adds a line across. */
    public void addRule() {
        rows.add(List.of());
    }

    /** The table, each line ended by a line feed. */
    @Override
    public String toString() {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .filter(row -> !row.isEmpty())
                    .mapToInt(row -> length(row.get(column)))
                    .reduce(length(titles.get(i)), Math::max);
        }
        StringBuilder out = new StringBuilder();
        appendRow(out, titles, widths);
        appendRow(out, List.of(), widths);
        rows.forEach(row -> appendRow(out, row, widths));
        return out.toString();
    }

    private static void appendRow(StringBuilder out, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.isEmpty() ? "\u2500".repeat(widths[i]) : row.get(i);
            String space = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP).append(i == 0 ? cell + space : space + cell);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
