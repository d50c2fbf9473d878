package ai.facet.export;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.facet.export.graph.Graph;
import ai.facet.export.graph.GraphSummary;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.passes.Passes;
import ai.facet.export.torchscript.TorchScriptWriter;
import ai.facet.export.trace.BlockInput;
import ai.facet.export.trace.BlockTracer;
import ai.facet.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Exports any DJL Block that uses supported operations, without a Facet model around it:
 *
 * <pre>{@code
 * BlockExporter exporter = BlockExporter.of(block, DataType.FLOAT32, 3, 224, 224);
 * exporter.writeOnnx(Path.of("model.onnx"));
 * exporter.writeTorchScript(Path.of("model.pt"));
 * }</pre>
 *
 * <p>The input is called {@code image} and has a dynamic batch axis in front; outputs are called {@code output0},
 * {@code output1}, ... unless the Block names its arrays. Several inputs get names:
 *
 * <pre>{@code
 * BlockExporter.of(block, BlockInput.of("image", DataType.FLOAT32, 3, 64, 64), BlockInput.of("facts", DataType.FLOAT32, 5));
 * }</pre>
 */
public final class BlockExporter {
    private final Graph graph;

    private BlockExporter(Graph graph) {
        this.graph = graph;
    }

    /**
     * Traces an initialised Block in inference mode and prepares its graph.
     *
     * @param inputType {@code FLOAT32} or {@code UINT8}
     * @param inputShape without the batch axis
     * @throws ai.facet.export.trace.TraceException naming the operation and the Block if one is not supported
     */
    public static BlockExporter of(Block block, DataType inputType, long... inputShape) {
        return new BlockExporter(Passes.forInference(BlockTracer.trace(block, inputType, inputShape)));
    }

    /**
     * As {@link #of(Block, DataType, long...)}, for a Block with several inputs.
     *
     * @param inputs in the order of the list that the Block takes
     */
    public static BlockExporter of(Block block, BlockInput... inputs) {
        return new BlockExporter(Passes.forInference(BlockTracer.trace(block, List.of(inputs))));
    }

    public Graph graph() {
        return graph;
    }

    /** One line: nodes, parameters, multiply-adds. */
    public String summary() {
        return GraphSummary.of(graph).toText();
    }

    public void writeOnnx(Path file) throws IOException {
        AtomicFiles.real().write(file, OnnxWriter.write(graph, "block", Map.of()));
    }

    public void writeTorchScript(Path file) throws IOException {
        AtomicFiles.real().write(file, TorchScriptWriter.write(graph, Map.of()));
    }
}
