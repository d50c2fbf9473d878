package ai.facet.annotations;

import ai.facet.cli.Plural;
import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A class that may be a typing error: it has very few pictures, or nearly the name of a more frequent one.
 *
 * @param attribute title
 * @param places of its pictures, if they are very few
 * @param similar the more frequent class that may be meant, or null
 */
public record DoubtfulClass(
        String attribute,
        String name,
        int pictures,
        List<String> places,
        @Nullable String similar) {
    private static final int FEW = 2;
    private static final int ENOUGH_ROWS = 50;
    private static final int MUCH_RARER = 10;
    private static final int SHOWN = 6;

    public DoubtfulClass {
        places = List.copyOf(places);
    }

    /** All of a table; none for a small one. */
    public static List<DoubtfulClass> of(AnnotationTable table) {
        List<DoubtfulClass> doubtful = new ArrayList<>();
        for (int a = 0; table.size() >= ENOUGH_ROWS && a < table.schema().size(); a++) {
            int[] counts = table.classCounts(a);
            for (int c = 0; c < counts.length; c++) {
                addIfDoubtful(table, a, c, counts, doubtful);
            }
        }
        return doubtful;
    }

    private static void addIfDoubtful(
            AnnotationTable table, int attribute, int c, int[] counts, List<DoubtfulClass> doubtful) {
        Attribute a = table.schema().attributes().get(attribute);
        String similar = similar(a.classes(), c, counts);
        boolean few = counts[c] <= FEW;
        if (counts[c] > 0 && (few || similar != null)) {
            List<String> places = few ? places(table, attribute, c) : List.of();
            doubtful.add(new DoubtfulClass(a.title(), a.classes().get(c), counts[c], places, similar));
        }
    }

    private static @Nullable String similar(List<String> classes, int c, int[] counts) {
        return IntStream.range(0, counts.length)
                .filter(other -> counts[other] > counts[c] && isMeant(classes, c, other, counts))
                .boxed()
                .min(Comparator.comparingInt((Integer other) -> Spelling.gap(classes.get(c), classes.get(other)))
                        .thenComparingInt(other -> -counts[other]))
                .map(classes::get)
                .orElse(null);
    }

    private static boolean isMeant(List<String> classes, int c, int other, int[] counts) {
        boolean muchRarer = counts[c] <= FEW || counts[c] * MUCH_RARER <= counts[other];
        return muchRarer
                ? Spelling.similar(classes.get(c), classes.get(other))
                : Spelling.same(classes.get(c), classes.get(other));
    }

    private static List<String> places(AnnotationTable table, int attribute, int label) {
        return table.images().stream()
                .filter(image -> image.labels()[attribute] == label)
                .map(AnnotatedImage::place)
                .toList();
    }

    /** {@code "Womn" (1 picture, people.csv:14): did you mean "Women"?} */
    public String text() {
        List<String> facts = new ArrayList<>(List.of(Plural.of(pictures, "picture")));
        facts.addAll(places);
        String question = similar == null ? "a typing error?" : "did you mean \"" + similar + "\"?";
        return "\"" + name + "\" (" + String.join(", ", facts) + "): " + question;
    }

    /** A title and one line per attribute, each ended by a line feed; empty if nothing is doubtful. */
    public static String summary(List<DoubtfulClass> doubtful) {
        if (doubtful.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(Plural.of(doubtful.size(), "doubtful class", "doubtful classes") + "\n");
        byAttribute(doubtful).forEach((attribute, own) -> text.append(line(attribute, own)));
        return text.toString();
    }

    private static Map<String, List<DoubtfulClass>> byAttribute(List<DoubtfulClass> doubtful) {
        Map<String, List<DoubtfulClass>> all = new LinkedHashMap<>();
        doubtful.forEach(
                d -> all.computeIfAbsent(d.attribute, a -> new ArrayList<>()).add(d));
        return all;
    }

    private static String line(String attribute, List<DoubtfulClass> own) {
        String texts = String.join(
                " ", own.stream().limit(SHOWN).map(DoubtfulClass::text).toList());
        String more =
                own.size() > SHOWN ? " and " + (own.size() - SHOWN) + " more: see facet data inspect --output" : "";
        return "  " + attribute + ": " + texts + more + "\n";
    }
}
