package ai.facet.train.data;

import ai.facet.annotations.DoubtfulClass;
import ai.facet.annotations.NearDuplicates;
import ai.facet.cli.Plural;
import ai.facet.cli.TextTable;
import ai.facet.schema.Attribute;
import java.util.List;
import java.util.Locale;

/** The findings as text for a terminal. */
final class InspectionText {
    private static final int SHOWN = 20;
    private static final int BAR_COLUMNS = 24;

    private final Inspection inspection;
    private final StringBuilder out = new StringBuilder();

    private InspectionText(Inspection inspection) {
        this.inspection = inspection;
    }

    static String of(Inspection inspection) {
        InspectionText text = new InspectionText(inspection);
        text.appendTitle();
        text.appendAttributes();
        text.appendClasses();
        text.appendSizes();
        text.appendDuplicates();
        text.appendProblems();
        return text.out.toString();
    }

    private void appendTitle() {
        line(
                "%s: %s, %s",
                inspection.name(),
                Plural.of(inspection.table().size(), "row"),
                Plural.of(attributes().size(), "attribute"));
        line("data hash %s", inspection.table().hash());
    }

    private void appendAttributes() {
        TextTable table =
                new TextTable(List.of("attribute", "classes", "labelled", "missing", "majority", "imbalance"));
        for (int a = 0; a < attributes().size(); a++) {
            table.add(List.of(
                    attributes().get(a).title(),
                    String.valueOf(attributes().get(a).classCount()),
                    String.format(Locale.ROOT, "%,d", inspection.table().size() - inspection.missing(a)),
                    String.format(Locale.ROOT, "%,d", inspection.missing(a)),
                    String.format(Locale.ROOT, "%.3f", inspection.majorityRate(a)),
                    String.format(Locale.ROOT, "%.1f : 1", inspection.imbalance(a))));
        }
        out.append('\n').append(table);
    }

    private void appendClasses() {
        int width = attributes().stream()
                .flatMap(a -> a.classes().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        for (int a = 0; a < attributes().size(); a++) {
            line("");
            line("%s", attributes().get(a).title());
            int[] counts = inspection.table().classCounts(a);
            for (int c = 0; c < counts.length; c++) {
                double share =
                        (double) counts[c] / Math.max(1, inspection.table().size() - inspection.missing(a));
                String bar = "\u2588".repeat((int) Math.round(share * BAR_COLUMNS));
                String name = attributes().get(a).classes().get(c);
                line("  %-" + width + "s %,8d  %5.1f %%  %s", name, counts[c], 100 * share, bar);
            }
        }
    }

    private void appendSizes() {
        List<ImageSizes.Size> sizes = ImageSizes.mostFrequent(inspection.scans());
        if (!sizes.isEmpty()) {
            line("");
            line("Image sizes: %s", ImageSizes.range(inspection.scans()));
            sizes.stream().limit(5).forEach(s -> line("  %-11s %,8d", s.text(), s.count()));
            if (sizes.size() > 5) {
                line("  and %d more", sizes.size() - 5);
            }
        }
    }

    private void appendDuplicates() {
        if (inspection.scans().isEmpty()) {
            return;
        }
        Duplicates duplicates = inspection.duplicates();
        line("");
        line("Copies: %s of equal files", Plural.of(duplicates.exact().size(), "set"));
        limited(duplicates.exact().stream().map(this::places).toList());
        line("Near duplicates: %s that look alike", Plural.of(duplicates.near().size(), "pair"));
        limited(duplicates.near().stream().map(this::places).toList());
        line("Contradictions among them: %,d", duplicates.conflicts().size());
        limited(duplicates.conflicts().stream().map(this::text).toList());
    }

    private void appendProblems() {
        String doubtful = DoubtfulClass.summary(inspection.doubtfulClasses());
        out.append(doubtful.isEmpty() ? "" : "\n" + doubtful);
        List<String> problems = inspection.problems();
        line("");
        line(problems.isEmpty() ? "Every row is good." : "Bad rows: %,d", problems.size());
        limited(problems);
    }

    private String places(List<Integer> rows) {
        return String.join(", ", rows.stream().limit(8).map(this::place).toList()) + (rows.size() > 8 ? ", ..." : "");
    }

    private String places(NearDuplicates.Pair pair) {
        return place(pair.first()) + ", " + place(pair.second());
    }

    private String text(Duplicates.Conflict conflict) {
        return RowTexts.conflict(inspection.table(), conflict);
    }

    private String place(int row) {
        return RowTexts.place(inspection.table(), row);
    }

    private void limited(List<String> texts) {
        texts.stream().limit(SHOWN).forEach(text -> line("  %s", text));
        if (texts.size() > SHOWN) {
            line("  and %,d more: see --output or --json", texts.size() - SHOWN);
        }
    }

    private List<Attribute> attributes() {
        return inspection.table().schema().attributes();
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
