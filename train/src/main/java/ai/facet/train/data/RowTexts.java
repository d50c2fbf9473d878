package ai.facet.train.data;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.schema.Attribute;

/** Rows as people look them up. */
final class RowTexts {
    private RowTexts() {}

    /** {@code annotations.csv:214 (00213.jpg)}. */
    static String place(AnnotationTable table, int row) {
        AnnotatedImage image = table.images().get(row);
        return image.place() + " (" + image.path().getFileName() + ")";
    }

    /** Both places, and what each says. */
    static String conflict(AnnotationTable table, Duplicates.Conflict conflict) {
        return place(table, conflict.first()) + " and " + place(table, conflict.second())
                + (conflict.exact() ? " are equal" : " look the same") + ", but "
                + table.schema().attributes().get(conflict.attribute()).title() + " is \""
                + label(table, conflict.first(), conflict.attribute()) + "\" and \""
                + label(table, conflict.second(), conflict.attribute()) + "\"";
    }

    private static String label(AnnotationTable table, int row, int attribute) {
        Attribute a = table.schema().attributes().get(attribute);
        return a.classes().get(table.images().get(row).labels()[attribute]);
    }
}
