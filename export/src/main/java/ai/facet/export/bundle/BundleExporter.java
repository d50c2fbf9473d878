package ai.facet.export.bundle;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.GraphSummary;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.parity.BlockRoad;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.ParityCheck;
import ai.facet.export.parity.ParityReport;
import ai.facet.export.parity.Road;
import ai.facet.export.passes.Heads;
import ai.facet.export.passes.Passes;
import ai.facet.export.torchscript.TorchScriptWriter;
import ai.facet.export.trace.BlockTracer;
import ai.facet.files.AtomicFiles;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the bundle of a trained network: traces it, writes both artifacts, runs all three roads, and only if they agree
 * gives the folder its name. The same weights and description give the same artifacts to the byte.
 */
public final class BundleExporter {
    private final Block network;
    private final ModelDescription description;

    /**
     * A network to export.
     *
     * @param network input uint8 {@code [N, H, W, 3]}; outputs float32 {@code [N, classes]} logits named by attribute id
     */
    public BundleExporter(Block network, ModelDescription description) {
        this.network = network;
        this.description = description;
    }

    /**
     * Writes, checks, publishes.
     *
     * @param realImages pixels in the network's input size for the check; may be empty
     * @param overwrite whether an existing bundle may be replaced
     * @throws UserException with exit code 3 if the artifacts disagree; nothing is published then
     */
    public ExportSummary write(Path output, List<byte[]> realImages, boolean overwrite) throws IOException {
        try (StagedFolder folder = new StagedFolder(output, overwrite)) {
            Graph graph = graph();
            GraphSummary size = GraphSummary.of(graph);
            writeArtifacts(graph, size, folder.path());
            ParityReport parity = check(folder.path(), realImages);
            if (!parity.passed()) {
                throw UserException.checkFailed("the artifacts disagree with the trained network; no bundle written."
                        + System.lineSeparator() + parity.toText());
            }
            writeParity(folder.path(), parity);
            ModelBundle.writeChecksums(folder.path());
            folder.publish();
            return new ExportSummary(output, size, parity);
        }
    }

    /** The inference graph with both outputs of every attribute. */
    Graph graph() {
        Graph traced = BlockTracer.trace(
                network,
                DataType.UINT8,
                description.preprocessing().heightPx(),
                description.preprocessing().widthPx(),
                3);
        return Heads.add(Passes.forInference(traced), description);
    }

    private void writeArtifacts(Graph graph, GraphSummary size, Path folder) throws IOException {
        String text = description.toText();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                ModelBundle.ONNX,
                OnnxWriter.write(graph, description.name(), Map.of(ModelDescription.ONNX_METADATA_KEY, text)));
        files.put(
                ModelBundle.TORCHSCRIPT,
                TorchScriptWriter.write(graph, Map.of(ModelDescription.TORCHSCRIPT_EXTRA_FILE, text)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            AtomicFiles.real().write(folder.resolve(file.getKey()), file.getValue());
        }
        AtomicFiles.real().writeText(folder.resolve(ModelBundle.DESCRIPTION), text);
        AtomicFiles.real().writeText(folder.resolve(ModelBundle.SERVING_PROPERTIES), ServingProperties.text());
        AtomicFiles.real().writeText(folder.resolve(ModelBundle.MODEL_CARD), ModelCard.text(description, size));
    }

    private ParityReport check(Path folder, List<byte[]> realImages) throws IOException {
        List<String> logits = description.schema().attributes().stream()
                .map(Attribute::logitsName)
                .toList();
        Path onnxFile = folder.resolve(ModelBundle.ONNX);
        // noise that no one chose, and yet the same for the same weights
        long seed = Long.parseUnsignedLong(Sha256.of(onnxFile).substring(0, 16), 16);
        try (Road torch = EngineRoad.torchScript(folder.resolve(ModelBundle.TORCHSCRIPT));
                Road onnx = EngineRoad.onnx(onnxFile);
                Road djl = BlockRoad.ofAttributes(network)) {
            return new ParityCheck(List.of(torch, onnx, djl), logits).run(seed, imageShape(), realImages);
        }
    }

    private List<Long> imageShape() {
        return List.of(
                (long) description.preprocessing().heightPx(),
                (long) description.preprocessing().widthPx(),
                3L);
    }

    private static void writeParity(Path folder, ParityReport parity) throws IOException {
        Map<String, Object> artifacts = new LinkedHashMap<>();
        for (String file : List.of(ModelBundle.ONNX, ModelBundle.TORCHSCRIPT)) {
            artifacts.put(file, Sha256.of(folder.resolve(file)));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", 1);
        json.put("artifactsSha256", artifacts);
        json.put("report", parity.toJson());
        AtomicFiles.real().writeText(folder.resolve(ModelBundle.PARITY), Json.writePretty(json));
    }
}
