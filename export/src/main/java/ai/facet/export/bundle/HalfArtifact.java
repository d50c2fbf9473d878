package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Graph;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.export.parity.EngineRoad;
import ai.facet.export.parity.LogitDifference;
import ai.facet.export.parity.ParityCheck;
import ai.facet.export.parity.ParityReport;
import ai.facet.export.parity.Road;
import ai.facet.export.passes.Passes;
import ai.facet.files.AtomicFiles;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code model.fp16.onnx}: the float graph with weights in 16 bits, compared with the float file beside it. */
final class HalfArtifact {
    private final ModelDescription description;

    HalfArtifact(ModelDescription description) {
        this.description = description;
    }

    /**
     * Writes the file.
     *
     * @param floats the graph of {@code model.onnx}, which lies in the folder
     * @param seed of the noise
     * @throws UserException with exit code 3 if the logits differ by more than rounding the weights explains
     */
    ParityReport write(Graph floats, Path folder, long seed, List<Long> imageShape, List<byte[]> realImages)
            throws IOException {
        Path file = folder.resolve(ModelBundle.HALF_WEIGHTS);
        Map<String, String> metadata = Map.of(ModelDescription.ONNX_METADATA_KEY, description.toText());
        AtomicFiles.real().write(file, OnnxWriter.write(Passes.withHalfWeights(floats), description.name(), metadata));
        List<String> logits = description.schema().attributes().stream()
                .map(Attribute::logitsName)
                .toList();
        try (Road half = EngineRoad.onnx("fp16", file);
                Road whole = EngineRoad.onnx(folder.resolve(ModelBundle.ONNX))) {
            ParityReport report = new ParityCheck(List.of(half, whole), logits)
                    .run(seed, imageShape, realImages)
                    .judgedBy(LogitDifference.HALF_WEIGHTS_TOLERANCE);
            if (!report.passed()) {
                throw UserException.checkFailed(
                        "weights in 16 bits change the logits too much; no bundle written. Export" + " without --fp16."
                                + System.lineSeparator() + report.toText());
            }
            return report;
        }
    }
}
