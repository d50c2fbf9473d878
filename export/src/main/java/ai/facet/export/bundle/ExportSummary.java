package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
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
 * @param int8 how well the int8 model answers; null if there is none
 */
public record ExportSummary(
        Path bundle,
        GraphSummary graph,
        ParityReport parity,
        @Nullable Int8Verdict int8) {
    /** For people: parity table, size of the network, files. */
    public String toText() throws IOException {
        StringBuilder text = new StringBuilder(parity.toText());
        if (int8 != null) {
            text.append(int8.toText());
        }
        text.append(graph.toText()).append(System.lineSeparator());
        for (String file : List.of(ModelBundle.ONNX, ModelBundle.TORCHSCRIPT, ModelBundle.EXPLAIN, ModelBundle.INT8)) {
            if (!Files.exists(bundle.resolve(file))) {
                continue;
            }
            text.append(String.format(Locale.ROOT, "%s %,.1f KB%n", file, Files.size(bundle.resolve(file)) / 1000.0));
        }
        return text.append("bundle ").append(bundle).toString();
    }
}
