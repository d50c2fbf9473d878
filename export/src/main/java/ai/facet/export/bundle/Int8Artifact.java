package ai.facet.export.bundle;

import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.export.graph.Graph;
import ai.facet.export.int8.Int8Evaluation;
import ai.facet.export.int8.Int8Quantizer;
import ai.facet.export.int8.Int8Report;
import ai.facet.export.int8.Int8Settings;
import ai.facet.export.int8.Int8Verdict;
import ai.facet.export.int8.SelfChecks;
import ai.facet.export.onnx.OnnxWriter;
import ai.facet.files.AtomicFiles;
import ai.facet.files.Sha256;
import ai.facet.prediction.Int8Check;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code model.int8.onnx} and {@code int8.json}: made from the float graph, compared with the float file beside it. */
final class Int8Artifact {
    private static final int MOST_THREADS = 16;

    private final Int8Settings settings;
    private final ModelDescription description;

    Int8Artifact(Int8Settings settings, ModelDescription description) {
        this.settings = settings;
        this.description = description;
    }

    /**
     * Writes both files.
     *
     * @param floats the graph of {@code model.onnx}, which lies in the folder
     * @throws UserException with exit code 3 if too much is lost
     */
    Int8Verdict write(Graph floats, List<Long> imageShape, Path folder) throws IOException {
        Int8Quantizer.Quantized quantized = new Int8Quantizer(settings).quantize(floats, imageShape, folder);
        Path file = folder.resolve(ModelBundle.INT8);
        Map<String, String> metadata = Map.of(ModelDescription.ONNX_METADATA_KEY, description.toText());
        AtomicFiles.real().write(file, OnnxWriter.write(quantized.graph(), description.name(), metadata));
        InferenceOptions options =
                new InferenceOptions(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()), "cpu");
        try (OnnxModel inFloats = OnnxModel.open(folder.resolve(ModelBundle.ONNX), options);
                OnnxModel inIntegers = OnnxModel.open(file, options)) {
            Int8Verdict verdict = new Int8Evaluation(inFloats, inIntegers).run(settings);
            if (!verdict.passed()) {
                throw UserException.checkFailed("int8 loses too much; no bundle written. Calibrate with more or other"
                        + " pictures or another --calibration-method, or allow more with --max-int8-loss."
                        + System.lineSeparator() + verdict.toText());
            }
            Int8Check check = SelfChecks.of(inIntegers);
            Int8Report report = new Int8Report(Sha256.of(file), settings, quantized, verdict, check);
            AtomicFiles.real().writeText(folder.resolve(ModelBundle.INT8_REPORT), report.toText(description.schema()));
            return verdict;
        }
    }
}
