package ai.facet.annotations;

import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a schema from the labels that occur: classes in natural order, attributes in column order. */
final class SchemaInference {
    /** More different numbers than this are a measurement, not a category. */
    private static final int MAX_NUMBERS = 100;
    /** From here on, a column in which most labels occur about once is a name or a note. */
    private static final int MIN_NAMES = 20;

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*[.]?[0-9]+([eE][-+]?[0-9]+)?");

    private final CsvText csv;
    private final CsvOptions options;
    private final List<String> problems = new ArrayList<>();
    private final List<String> good = new ArrayList<>();

    private SchemaInference(CsvText csv, CsvOptions options) {
        this.csv = csv;
        this.options = options;
    }

    /**
     * Looks at every label once.
     *
     * @throws AnnotationException naming each column that cannot be an attribute, and the option that leaves it out
     */
    static AttributeSchema infer(CsvText csv, CsvColumns columns, CsvOptions options) throws AnnotationException {
        return new SchemaInference(csv, options).infer(columns.attributes());
    }

    private AttributeSchema infer(List<Integer> columns) throws AnnotationException {
        List<Attribute> attributes = new ArrayList<>();
        for (int column : columns) {
            addAttribute(column, attributes);
        }
        if (problems.isEmpty()) {
            try {
                return new AttributeSchema(attributes);
            } catch (IllegalArgumentException e) {
                problems.add(csv.file().getFileName() + ":1: " + e.getMessage());
            }
        }
        if (!good.isEmpty() && good.size() < columns.size()) {
            problems.add("Choose the columns that are attributes: --attributes \"" + String.join(",", good) + "\"");
        }
        throw new AnnotationException(problems);
    }

    private void addAttribute(int column, List<Attribute> attributes) {
        String title = csv.header().get(column);
        Map<String, Integer> counts = counts(column);
        String objection = objection(counts);
        if (objection.isEmpty()) {
            try {
                attributes.add(Attribute.ofTitle(title, List.copyOf(counts.keySet())));
                good.add(title);
                return;
            } catch (IllegalArgumentException e) {
                objection = String.valueOf(e.getMessage());
            }
        }
        problems.add(csv.file().getFileName() + ":1: column \"" + title + "\" cannot be an attribute: " + objection);
    }

    private Map<String, Integer> counts(int column) {
        Map<String, Integer> counts = new TreeMap<>(NaturalOrder.COMPARATOR);
        for (CsvText.Row row : csv.rows()) {
            if (row.cells().size() == csv.header().size()) {
                String label = row.cells().get(column).strip();
                if (!options.isMissing(label)) {
                    counts.merge(label, 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    private static String objection(Map<String, Integer> counts) {
        int rows = counts.values().stream().mapToInt(Integer::intValue).sum();
        int different = counts.size();
        if (different < 2) {
            return different == 0
                    ? "it has no labels"
                    : "all its labels are \"" + counts.keySet().iterator().next() + "\"";
        }
        boolean names = different >= MIN_NAMES && different * 2 > rows;
        boolean numbers = different > MAX_NUMBERS
                && counts.keySet().stream().allMatch(c -> NUMBER.matcher(c).matches());
        if (!names && !numbers) {
            return "";
        }
        String example = counts.keySet().iterator().next();
        return different + " different " + (numbers ? "numbers" : "texts") + " in " + rows + " rows (\""
                + Labels.abbreviate(example) + "\", ...), so it is a name or a measurement, not a category";
    }
}
