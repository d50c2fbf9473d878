package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
import ai.facet.export.graph.GraphSummary;
import ai.facet.export.parity.ParityReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an export made.
 *
 * @param bundle the folder under its final name
 */
public record ExportSummary(Path bundle, GraphSummary graph, ParityReport parity) {
    /** For people: parity table, size of the network, files. */
    public String toText() throws IOException {
        StringBuilder text = new StringBuilder(parity.toText());
        text.append(graph.toText()).append(System.lineSeparator());
        for (String file : List.of(ModelBundle.ONNX, ModelBundle.TORCHSCRIPT, ModelBundle.EXPLAIN)) {
            if (!Files.exists(bundle.resolve(file))) {
                continue;
            }
            text.append(String.format(Locale.ROOT, "%s %,.1f KB%n", file, Files.size(bundle.resolve(file)) / 1000.0));
        }
        return text.append("bundle ").append(bundle).toString();
    }
}
