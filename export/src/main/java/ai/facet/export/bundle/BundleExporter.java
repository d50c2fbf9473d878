package ai.facet.export.bundle;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.GraphSummary;
import ai.facet.export.int8.Int8Settings;
import ai.facet.export.int8.Int8Verdict;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.parity.ParityCheck;
import ai.facet.export.parity.ParityReport;
import ai.facet.export.passes.Heads;
import ai.facet.export.passes.Passes;
import ai.facet.export.torchscript.TorchScriptWriter;
import ai.facet.export.trace.BlockTracer;
import ai.facet.files.AtomicFiles;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bundle of a trained network: traces it, writes the artifacts, runs all roads, and only if they agree
 * gives the folder its name. The same weights and description give the same artifacts to the byte.
 */
public final class BundleExporter {
    private final Block network;
    private final ModelDescription description;
    private final BundleOptions options;

    /**
     * A network to export.
     *
     * @param network input uint8 {@code [N, H, W, 3]}; outputs float32 {@code [N, classes]} logits named by attribute id
     */
    public BundleExporter(Block network, ModelDescription description, BundleOptions options) {
        this.network = network;
        this.description = description;
        this.options = options;
    }

    /**
     * Writes, checks, publishes.
     *
     * @param realImages pixels in the network's input size for the check; may be empty
     * @param overwrite whether an existing bundle may be replaced
     * @throws UserException with exit code 3 if the artifacts disagree or int8 loses too much, with 2 if class maps are
     *     asked for and the network has none; nothing is published then
     */
    public ExportSummary write(Path output, List<byte[]> realImages, boolean overwrite) throws IOException {
        try (StagedFolder folder = new StagedFolder(output, overwrite)) {
            Traced traced = trace();
            Graph inference = traced.inference();
            Map<String, byte[]> further = further(inference);
            Graph graph = Heads.add(inference, description);
            GraphSummary size = GraphSummary.of(graph);
            writeArtifacts(graph, size, folder.path(), further);
            ParityReport parity = check(folder.path(), realImages);
            if (!parity.passed()) {
                throw UserException.checkFailed("the artifacts disagree with the trained network; no bundle written."
                        + System.lineSeparator() + parity.toText());
            }
            ParityReport half = options.halfWeights() ? half(graph, folder.path(), realImages) : null;
            Int8Settings int8 = options.int8();
            Int8Verdict verdict =
                    int8 == null ? null : new Int8Artifact(int8, description).write(graph, imageShape(), folder.path());
            writeParity(folder.path(), parity, half);
            ModelBundle.writeChecksums(folder.path());
            folder.publish();
            return new ExportSummary(output, traced.size(), size, parity, half, verdict);
        }
    }

    /** One output of logits for each attribute, called by its id. */
    private Traced trace() {
        Graph graph = BlockTracer.trace(
                network,
                DataType.UINT8,
                description.preprocessing().heightPx(),
                description.preprocessing().widthPx(),
                3);
        return new Traced(GraphSummary.of(graph), Passes.forInference(graph));
    }

    /**
     * What is kept of a trace: the traced graph's weights would take as much memory as those of the passes' result.
     *
     * @param size as traced
     */
    private record Traced(GraphSummary size, Graph inference) {}

    private ParityReport half(Graph graph, Path folder, List<byte[]> realImages) throws IOException {
        try {
            return new HalfArtifact(description).write(graph, folder, seed(folder), imageShape(), realImages);
        } catch (IllegalArgumentException e) {
            throw UserException.failed("--fp16: " + e.getMessage());
        }
    }

    private Map<String, byte[]> further(Graph inference) {
        if (!options.explain()) {
            return Map.of();
        }
        try {
            return Map.of(
                    ModelBundle.EXPLAIN,
                    ExplainArtifact.of(inference, description).bytes());
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments("--explain: " + e.getMessage());
        }
    }

    private void writeArtifacts(Graph graph, GraphSummary size, Path folder, Map<String, byte[]> further)
            throws IOException {
        String text = description.toText();
        for (Map.Entry<String, byte[]> file : further.entrySet()) {
            AtomicFiles.real().write(folder.resolve(file.getKey()), file.getValue());
        }
        // one after the other: each is as large as the weights
        AtomicFiles.real()
                .write(
                        folder.resolve(ModelBundle.ONNX),
                        OnnxWriter.write(graph, description.name(), Map.of(ModelDescription.ONNX_METADATA_KEY, text)));
        AtomicFiles.real()
                .write(
                        folder.resolve(ModelBundle.TORCHSCRIPT),
                        TorchScriptWriter.write(graph, Map.of(ModelDescription.TORCHSCRIPT_EXTRA_FILE, text)));
        AtomicFiles.real().writeText(folder.resolve(ModelBundle.DESCRIPTION), text);
        AtomicFiles.real().writeText(folder.resolve(ModelBundle.SERVING_PROPERTIES), ServingProperties.text());
        AtomicFiles.real()
                .writeText(folder.resolve(ModelBundle.MODEL_CARD), ModelCard.text(description, size, options));
    }

    private ParityReport check(Path folder, List<byte[]> realImages) throws IOException {
        List<String> logits = description.schema().attributes().stream()
                .map(Attribute::logitsName)
                .toList();
        try (Roads roads = Roads.open(folder, network, options.explain())) {
            return new ParityCheck(roads.all(), logits).run(seed(folder), imageShape(), realImages);
        }
    }

    /** Of noise that no one chose, and yet the same for the same weights. */
    private static long seed(Path folder) throws IOException {
        return Long.parseUnsignedLong(
                Sha256.of(folder.resolve(ModelBundle.ONNX)).substring(0, 16), 16);
    }

    private List<Long> imageShape() {
        return List.of(
                (long) description.preprocessing().heightPx(),
                (long) description.preprocessing().widthPx(),
                3L);
    }

    private static void writeParity(Path folder, ParityReport parity, @Nullable ParityReport half) throws IOException {
        Map<String, Object> artifacts = new LinkedHashMap<>();
        for (String file : ModelBundle.ARTIFACTS) {
            if (Files.exists(folder.resolve(file))) {
                artifacts.put(file, Sha256.of(folder.resolve(file)));
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", 1);
        json.put("artifactsSha256", artifacts);
        json.put("report", parity.toJson());
        if (half != null) {
            json.put("fp16", half.toJson());
        }
        AtomicFiles.real().writeText(folder.resolve(ModelBundle.PARITY), Json.writePretty(json));
    }
}
