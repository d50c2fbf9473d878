package ai.facet.train.noise;

import ai.facet.cli.TextTable;
import java.util.List;
import java.util.Locale;

/** The findings for a terminal. */
final class NoiseText {
    private NoiseText() {}

    static String of(NoiseFindings findings) {
        TextTable table = new TextTable(
                List.of("attribute", "labelled", "accuracy", "majority", "contradicted", "wrong (estimate)", "judged"));
        for (int a = 0; a < findings.attributes().size(); a++) {
            ConfidentLearning found = findings.attributes().get(a);
            table.add(List.of(
                    findings.attribute(a).id(),
                    Integer.toString(found.rows()),
                    share((double) found.right() / Math.max(1, found.rows())),
                    share(found.majorityRate()),
                    Integer.toString(found.suspects().size()),
                    share(found.wrongShare()),
                    findings.isReliable(a) ? "yes" : "hardly"));
        }
        return table
                + "hardly: the network does not surely beat the most frequent class, so it cannot judge these labels\n"
                + findings.conflicts().size() + " contradictions between pictures that are equal or look the same\n";
    }

    static String share(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
