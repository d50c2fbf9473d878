package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.TextTable;
import ai.facet.export.graph.GraphSummary;
import ai.facet.export.int8.Int8Verdict;
import ai.facet.export.parity.ParityReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an export made.
 *
 * @param bundle the folder under its final name
 * @param traced the network as its Block computes it
 * @param graph as it was exported
 * @param half how close weights in 16 bits are to those in 32; null if they were not asked for
 * @param int8 how well the int8 model answers; null if there is none
 */
public record ExportSummary(
        Path bundle,
        GraphSummary traced,
        GraphSummary graph,
        ParityReport parity,
        @Nullable ParityReport half,
        @Nullable Int8Verdict int8) {
    /** For people: parity table, size of the network, files. */
    public String toText() throws IOException {
        StringBuilder text = new StringBuilder(parity.toText());
        if (half != null) {
            text.append(half.toText());
        }
        if (int8 != null) {
            text.append(int8.toText());
        }
        text.append(sizes());
        for (String file : ModelBundle.ARTIFACTS) {
            if (!Files.exists(bundle.resolve(file))) {
                continue;
            }
            text.append(String.format(Locale.ROOT, "%s %,.1f KB%n", file, Files.size(bundle.resolve(file)) / 1000.0));
        }
        return text.append("bundle ").append(bundle).toString();
    }

    /** Before and after the passes. */
    private String sizes() {
        TextTable table = new TextTable(List.of("", "traced", "exported"));
        addRow(table, "nodes", "%,.0f", traced.nodes(), graph.nodes());
        addRow(table, "parameters", "%,.0f", (double) traced.parameters(), (double) graph.parameters());
        addRow(
                table,
                "million multiply-adds per image",
                "%,.1f",
                traced.multiplyAdds() / 1e6,
                graph.multiplyAdds() / 1e6);
        addRow(table, "receptive field, px", "%,.0f", (double) traced.receptiveFieldPx(), (double)
                graph.receptiveFieldPx());
        addRow(
                table,
                "peak of activations per image, KB",
                "%,.1f",
                traced.peakActivationBytes() / 1000.0,
                graph.peakActivationBytes() / 1000.0);
        return table.toString();
    }

    private static void addRow(TextTable table, String name, String format, double before, double after) {
        table.add(List.of(name, String.format(Locale.ROOT, format, before), String.format(Locale.ROOT, format, after)));
    }
}
