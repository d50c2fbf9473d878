package ai.facet.annotations;

import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which column is what, as indices into a row; -1 stands for a column that is not used.
 *
 * @param attributes in output order
 * @param box empty, or left, top, width, height
 */
record CsvColumns(int image, List<Integer> attributes, List<Integer> box, int group, int split) {
    private static final int NONE = -1;

    /**
     * Finds the columns that the options name.
     *
     * @throws AnnotationException if one is missing or stands twice
     */
    static CsvColumns find(CsvText csv, CsvOptions options) throws AnnotationException {
        requireUnique(csv);
        int image = index(csv, options.imageColumn(), "Name the column of image paths with --image-column");
        List<Integer> box = new ArrayList<>();
        for (String title : options.boxColumns()) {
            box.add(index(csv, title, "Name the four columns with --box-columns"));
        }
        int group = optional(csv, options.groupColumn());
        int split = optional(csv, options.splitColumn());
        Set<Integer> used = new HashSet<>(box);
        used.addAll(List.of(image, group, split));
        return new CsvColumns(image, attributes(csv, options, used), box, group, split);
    }

    private static List<Integer> attributes(CsvText csv, CsvOptions options, Set<Integer> used)
            throws AnnotationException {
        AttributeSchema schema = options.schema();
        if (schema != null) {
            return schemaColumns(csv, schema);
        }
        Set<Integer> found = new LinkedHashSet<>();
        for (String title : options.attributes()) {
            found.add(index(csv, title, "Correct --attributes"));
        }
        for (int i = 0; options.attributes().isEmpty() && i < csv.header().size(); i++) {
            if (!used.contains(i)) {
                found.add(i);
            }
        }
        if (found.isEmpty()) {
            throw new AnnotationException(csv.file().getFileName() + ":1: the columns are " + csv.header()
                    + "; expected at least one attribute beside the image column");
        }
        return List.copyOf(found);
    }

    private static List<Integer> schemaColumns(CsvText csv, AttributeSchema schema) throws AnnotationException {
        List<Integer> found = new ArrayList<>();
        for (Attribute attribute : schema.attributes()) {
            String title = csv.header().contains(attribute.title()) ? attribute.title() : attribute.id();
            found.add(index(csv, title, "The schema demands it"));
        }
        return found;
    }

    private static int optional(CsvText csv, @Nullable String title) throws AnnotationException {
        return title == null ? NONE : index(csv, title, "Correct --group-column or --split-column");
    }

    private static int index(CsvText csv, String title, String remedy) throws AnnotationException {
        int index = csv.header().indexOf(title.strip());
        if (index >= 0) {
            return index;
        }
        String separator = separatorHint(csv.header());
        throw new AnnotationException(csv.file().getFileName() + ":1: there is no column \"" + title
                + "\"; expected it among " + csv.header() + ". " + (separator.isEmpty() ? remedy : separator));
    }

    private static String separatorHint(List<String> header) {
        boolean one = header.size() == 1;
        if (one && header.get(0).contains(";")) {
            return "The file seems to be separated by semicolons: save it with commas";
        }
        return one && header.get(0).contains("\t") ? "The file seems to be separated by tabs: save it with commas" : "";
    }

    private static void requireUnique(CsvText csv) throws AnnotationException {
        Set<String> seen = new HashSet<>();
        for (String title : csv.header()) {
            if (!title.isEmpty() && !seen.add(title)) {
                throw new AnnotationException(csv.file().getFileName() + ":1: two columns are called \"" + title
                        + "\"; rename or remove one");
            }
        }
    }
}
