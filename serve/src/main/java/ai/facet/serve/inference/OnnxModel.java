package ai.facet.serve.inference;

import ai.djl.engine.EngineException;
import ai.facet.bundle.ModelBundle;
import ai.facet.description.ModelDescription;
import ai.facet.files.ModelFileKind;
import ai.facet.json.JsonException;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exported model in an ONNX Runtime session. {@link #run} is safe from many threads at once; {@link #close} must not
 * overlap with it.
 */
public final class OnnxModel implements BatchInference {
    private final @Nullable ModelBundle bundle;
    private final ModelDescription description;
    private final OnnxSession session;
    private final Precision precision;

    private OnnxModel(
            @Nullable ModelBundle bundle, ModelDescription description, OnnxSession session, Precision precision) {
        this.bundle = bundle;
        this.description = description;
        this.session = session;
        this.precision = precision;
    }

    /**
     * Loads a bundle, checksums verified, or a lone ONNX file with the description inside, and runs it once. The options
     * choose between a bundle's {@code model.onnx} and {@code model.int8.onnx}; a file that is named is loaded itself.
     * Integers answer the bundle's own check first; if it fails on this processor, {@code model.onnx} is loaded instead
     * and a warning logged.
     *
     * @throws IOException naming the file if it is damaged, foreign or does not answer as its description says
     */
    public static OnnxModel open(Path onnxOrBundle, InferenceOptions options) throws IOException {
        String other = ModelFileKind.insteadOfExported(onnxOrBundle);
        if (!other.isEmpty()) {
            throw new IOException(other);
        }
        if (Files.isDirectory(onnxOrBundle)) {
            ModelBundle bundle = ModelBundle.open(onnxOrBundle);
            return Int8Start.open(bundle, options, file -> ofBundle(bundle, file, options));
        }
        if (!Files.isRegularFile(onnxOrBundle)) {
            throw new NoSuchFileException(
                    onnxOrBundle.toString(), null, "does not exist; expected a bundle folder or an .onnx file");
        }
        Path folder = onnxOrBundle.toAbsolutePath().getParent();
        if (folder != null && isArtifact(onnxOrBundle) && ModelBundle.isBundle(folder)) {
            ModelBundle bundle = ModelBundle.open(folder); // its checksums lie beside it
            return onnxOrBundle.endsWith(ModelBundle.INT8)
                    ? Int8Start.orFloats(bundle, file -> ofBundle(bundle, file, options))
                    : ofBundle(bundle, onnxOrBundle, options);
        }
        ModelDescription inside = readDescription(onnxOrBundle);
        if (inside == null) {
            throw new IOException(onnxOrBundle + " has no " + ModelDescription.ONNX_METADATA_KEY
                    + " in its metadata; expected a model written by facet export");
        }
        return load(null, onnxOrBundle, inside, options);
    }

    private static boolean isArtifact(Path file) {
        return ModelBundle.ARTIFACTS.stream().anyMatch(file::endsWith);
    }

    private static OnnxModel ofBundle(ModelBundle bundle, Path file, InferenceOptions options) throws IOException {
        requireSameModel(bundle, file, readDescription(file));
        return load(bundle, file, bundle.description(), options);
    }

    private static OnnxModel load(
            @Nullable ModelBundle bundle, Path file, ModelDescription description, InferenceOptions options)
            throws IOException {
        OnnxSession session = OnnxSession.load(file, description.preprocessing(), outputs(description), options);
        Precision precision = file.endsWith(ModelBundle.INT8) ? Precision.INT8 : Precision.FP32;
        return new OnnxModel(bundle, description, session, precision);
    }

    /** Logits and probabilities of each attribute in turn. */
    static List<OnnxSession.Output> outputs(ModelDescription description) {
        List<OnnxSession.Output> outputs = new ArrayList<>();
        for (Attribute attribute : description.schema().attributes()) {
            List<Integer> shape = List.of(attribute.classCount());
            outputs.add(new OnnxSession.Output(attribute.logitsName(), shape));
            outputs.add(new OnnxSession.Output(attribute.id(), shape));
        }
        return outputs;
    }

    /** The description inside an ONNX file, or null if it has none. */
    private static @Nullable ModelDescription readDescription(Path file) throws IOException {
        String text = OnnxFile.readMetadata(file).get(ModelDescription.ONNX_METADATA_KEY);
        try {
            return text == null ? null : ModelDescription.parse(text, file + ":metadata");
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Pixels, classes and calibration of the bundle's description must be those that the weights were exported with.
     *
     * @param own the description inside the file; null in a graph of another tool, described by the bundle alone
     */
    static void requireSameModel(ModelBundle bundle, Path file, @Nullable ModelDescription own) throws IOException {
        if (own == null) {
            return;
        }
        ModelDescription other = bundle.description();
        requireSame(file, "attributes", own.schema(), other.schema());
        requireSame(file, "preprocessing", own.preprocessing(), other.preprocessing());
        requireSame(file, "calibration", own.calibration(), other.calibration());
    }

    private static void requireSame(Path file, String what, Object inOnnx, Object inBundle) throws IOException {
        if (!inOnnx.equals(inBundle)) {
            throw new IOException(file + " and " + ModelBundle.DESCRIPTION + " differ in the " + what + ": " + inOnnx
                    + " and " + inBundle + "; expected the same. Export the bundle again");
        }
    }

    /** The version of ONNX Runtime; DJL's own answer is out of date. */
    public static String runtimeVersion() {
        return OnnxSession.runtimeVersion();
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    /** What it computes in; a lone file under another name than a bundle's counts as floats. */
    public Precision precision() {
        return precision;
    }

    /** The bundle that it was loaded from; empty for a lone file. */
    public Optional<ModelBundle> bundle() {
        return Optional.ofNullable(bundle);
    }

    /**
     * Answers a batch.
     *
     * @param imagesNhwc direct, from its start: uint8 {@code [batch, height, width, 3]}; only read during the call
     * @throws EngineException if ONNX Runtime fails
     * @throws IllegalStateException if the outputs are not those of the description
     */
    @Override
    public BatchOutput run(ByteBuffer imagesNhwc, int batch) {
        return read(session, imagesNhwc, batch, description);
    }

    /** A session's values stand in the order of {@link #outputs}, and class maps behind them if there are any. */
    static BatchOutput read(OnnxSession session, ByteBuffer imagesNhwc, int batch, ModelDescription description) {
        List<float[]> values = session.run(imagesNhwc, batch);
        int attributes = description.schema().size();
        List<float[]> logits = new ArrayList<>(attributes);
        List<float[]> probabilities = new ArrayList<>(attributes);
        for (int i = 0; i < attributes; i++) {
            logits.add(values.get(2 * i));
            probabilities.add(values.get(2 * i + 1));
        }
        return new BatchOutput(
                session.file().toString(), logits, probabilities, values.subList(2 * attributes, values.size()));
    }

    /** Ends the session. May be called twice. */
    @Override
    public void close() {
        session.close();
    }
}
