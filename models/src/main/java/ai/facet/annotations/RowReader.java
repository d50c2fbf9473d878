package ai.facet.annotations;

import ai.facet.image.Box;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one file into images; bad rows become problems instead. */
final class RowReader {
    private final CsvText csv;
    private final CsvColumns columns;
    private final CsvOptions options;
    private final AttributeSchema schema;
    private final Path folder;
    private final List<RowProblem> problems = new ArrayList<>();
    private final Map<String, Integer> unknown = new TreeMap<>();

    RowReader(CsvText csv, CsvColumns columns, CsvOptions options, AttributeSchema schema) {
        this.csv = csv;
        this.columns = columns;
        this.options = options;
        this.schema = schema;
        Path parent = csv.file().getParent();
        this.folder = parent == null ? Path.of("") : parent;
    }

    List<RowProblem> problems() {
        return problems;
    }

    /** A text for each class that the schema lacks and that was taken for a missing label. */
    List<String> unknownAsMissing() {
        return unknown.entrySet().stream()
                .map(e -> csv.file().getFileName() + ": " + e.getKey() + " in " + e.getValue()
                        + (e.getValue() == 1 ? " row" : " rows")
                        + ", which is no class of the schema: taken for no label")
                .toList();
    }

    /** The image of a row, or null after noting what is wrong with it. */
    @Nullable
    AnnotatedImage read(CsvText.Row row) {
        int found = row.cells().size();
        if (found != csv.header().size()) {
            problem(
                    row,
                    found + " cells; expected " + csv.header().size()
                            + " as in the first line. A cell with a comma stands in double quotes");
            return null;
        }
        int before = problems.size();
        Path path = path(row);
        int[] labels = labels(row);
        Box box = box(row);
        SplitSide split = split(row);
        return problems.size() > before || path == null
                ? null
                : new AnnotatedImage(path, csv.file(), row.line(), labels, box, group(row), split);
    }

    private @Nullable Path path(CsvText.Row row) {
        String text = row.cells().get(columns.image());
        if (text.isBlank()) {
            problem(row, options.imageColumn() + " is empty; expected a file name");
            return null;
        }
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            problem(row, options.imageColumn() + " is no file name: " + e.getReason());
            return null;
        }
    }

    private int[] labels(CsvText.Row row) {
        int[] labels = new int[schema.size()];
        for (int i = 0; i < labels.length; i++) {
            Attribute attribute = schema.attributes().get(i);
            String text = row.cells().get(columns.attributes().get(i)).strip();
            labels[i] = options.isMissing(text) ? AnnotatedImage.MISSING : attribute.indexOf(text);
            if (labels[i] < 0 && !options.isMissing(text)) {
                labels[i] = AnnotatedImage.MISSING;
                unknownClass(row, attribute, text);
            }
        }
        return labels;
    }

    private void unknownClass(CsvText.Row row, Attribute attribute, String text) {
        String found = attribute.title() + " is \"" + Labels.abbreviate(text) + "\"";
        if (options.unknownAsMissing()) {
            unknown.merge(found, 1, Integer::sum);
        } else {
            problem(row, found + "; expected one of " + Labels.list(attribute.classes()));
        }
    }

    private @Nullable Box box(CsvText.Row row) {
        if (columns.box().isEmpty()) {
            return null;
        }
        List<String> cells =
                columns.box().stream().map(i -> row.cells().get(i).strip()).toList();
        try {
            List<Integer> numbers = cells.stream().map(RowReader::pixels).toList();
            return new Box(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
        } catch (IllegalArgumentException e) {
            problem(
                    row,
                    "the box " + options.boxColumns() + " is " + cells
                            + "; expected whole pixels, width and height at least 1");
            return null;
        }
    }

    /** A whole number of pixels; {@code 12.0}, as spreadsheets and pandas write it, is one. */
    private static int pixels(String cell) {
        return Integer.parseInt(cell.replaceFirst("[.]0+$", ""));
    }

    private @Nullable String group(CsvText.Row row) {
        String group =
                columns.group() < 0 ? "" : row.cells().get(columns.group()).strip();
        return group.isEmpty() ? null : group;
    }

    private @Nullable SplitSide split(CsvText.Row row) {
        if (columns.split() < 0) {
            return null;
        }
        String text = row.cells().get(columns.split());
        Optional<SplitSide> side = SplitSide.ofText(text);
        if (side.isEmpty()) {
            problem(
                    row,
                    options.splitColumn() + " is \"" + Labels.abbreviate(text)
                            + "\"; expected train, validation or test");
        }
        return side.orElse(null);
    }

    private void problem(CsvText.Row row, String what) {
        problems.add(new RowProblem(String.valueOf(csv.file().getFileName()), row.line(), what));
    }
}
