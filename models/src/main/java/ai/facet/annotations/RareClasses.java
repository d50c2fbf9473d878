package ai.facet.annotations;

import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.List;

/** Classes with so few pictures that they may be typing errors, and cannot be learnt anyway. */
public final class RareClasses {
    private static final int FEW = 2;
    private static final int ENOUGH_ROWS = 50;

    private RareClasses() {}

    /** One text for each, with the rows; none for a small table. */
    public static List<String> texts(AnnotationTable table) {
        List<String> texts = new ArrayList<>();
        for (int a = 0; table.size() >= ENOUGH_ROWS && a < table.schema().size(); a++) {
            Attribute attribute = table.schema().attributes().get(a);
            int[] counts = table.classCounts(a);
            for (int c = 0; c < counts.length; c++) {
                if (counts[c] > 0 && counts[c] <= FEW) {
                    texts.add("class \"" + attribute.classes().get(c) + "\" of " + attribute.title() + " has "
                            + (counts[c] == 1 ? "1 picture" : counts[c] + " pictures") + " (" + places(table, a, c)
                            + "); a typing error?");
                }
            }
        }
        return texts;
    }

    private static String places(AnnotationTable table, int attribute, int label) {
        return String.join(
                ", ",
                table.images().stream()
                        .filter(image -> image.labels()[attribute] == label)
                        .map(AnnotatedImage::place)
                        .toList());
    }
}
