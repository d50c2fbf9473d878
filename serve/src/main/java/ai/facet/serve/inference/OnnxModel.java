package ai.facet.serve.inference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.facet.bundle.ModelBundle;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.files.ModelFileKind;
import ai.facet.json.JsonException;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An exported model in an ONNX Runtime session. {@link #run} is safe from many threads at once; {@link #close} must not
 * overlap with it.
 */
public final class OnnxModel implements BatchInference {
    private static final String ENGINE = "OnnxRuntime";

    private final Path file;
    private final ModelDescription description;
    private final Model model;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxModel(Path file, ModelDescription description, Model model) {
        this.file = file;
        this.description = description;
        this.model = model;
    }

    /**
     * Loads a bundle's {@code model.onnx}, checksums verified, or a lone ONNX file with the description inside, and runs
     * it once.
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
            requireSameModel(bundle, OnnxFile.readDescription(bundle.onnx()));
            return load(bundle.onnx(), bundle.description(), options);
        }
        if (!Files.isRegularFile(onnxOrBundle)) {
            throw new IOException(onnxOrBundle + " does not exist; expected a bundle folder or an .onnx file");
        }
        Path folder = onnxOrBundle.toAbsolutePath().getParent();
        if (folder != null && onnxOrBundle.endsWith(ModelBundle.ONNX) && ModelBundle.isBundle(folder)) {
            return open(folder, options); // its checksums lie beside it
        }
        String text = OnnxFile.readDescription(onnxOrBundle);
        if (text == null) {
            throw new IOException(onnxOrBundle + " has no " + ModelDescription.ONNX_METADATA_KEY
                    + " in its metadata; expected a model written by facet export");
        }
        try {
            return load(onnxOrBundle, ModelDescription.parse(text, onnxOrBundle + ":metadata"), options);
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Pixels, classes and calibration of the bundle's description must be those that the weights were exported with. */
    private static void requireSameModel(ModelBundle bundle, @Nullable String inside) throws IOException {
        if (inside == null) {
            return; // a graph of another tool, described by the bundle alone
        }
        ModelDescription own;
        try {
            own = ModelDescription.parse(inside, bundle.onnx() + ":metadata");
        } catch (JsonException e) {
            throw new IOException(e.getMessage(), e);
        }
        ModelDescription other = bundle.description();
        requireSame(bundle, "attributes", own.schema(), other.schema());
        requireSame(bundle, "preprocessing", own.preprocessing(), other.preprocessing());
        requireSame(bundle, "calibration", own.calibration(), other.calibration());
    }

    private static void requireSame(ModelBundle bundle, String what, Object inOnnx, Object inBundle)
            throws IOException {
        if (!inOnnx.equals(inBundle)) {
            throw new IOException(bundle.onnx() + " and " + ModelBundle.DESCRIPTION + " differ in the " + what + ": "
                    + inOnnx + " and " + inBundle + "; expected the same. Export the bundle again");
        }
    }

    private static OnnxModel load(Path file, ModelDescription description, InferenceOptions options)
            throws IOException {
        // DJL's engine must be the first to create ONNX Runtime's environment.
        Engine.getEngine(ENGINE);
        requireDevice(options);
        Model model = Model.newInstance(description.name(), options.djlDevice(), ENGINE);
        OnnxModel opened = new OnnxModel(file, description, model);
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            model.load(folder, String.valueOf(file.getFileName()), sessionOptions(options));
            opened.run(ByteBuffer.allocateDirect(description.preprocessing().imageBytes()), 1);
            return opened;
        } catch (MalformedModelException | RuntimeException e) {
            opened.close();
            throw new IOException(
                    file + " cannot be run by ONNX Runtime " + runtimeVersion() + ": " + rootMessage(e), e);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private static void requireDevice(InferenceOptions options) {
        if (options.onGpu() && !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw UserException.badArguments(
                    "--device " + options.device() + ": this ONNX Runtime has no CUDA. Build with "
                            + "mvn -Pcuda -DskipTests package and start through scripts/facet, or choose --device cpu");
        }
    }

    private static Map<String, String> sessionOptions(InferenceOptions options) {
        Map<String, String> session = new HashMap<>();
        session.put("intraOpNumThreads", Integer.toString(options.threads()));
        session.put("interOpNumThreads", "1");
        session.put("optLevel", "ALL_OPT");
        return session;
    }

    /** The version of ONNX Runtime; DJL's own answer is out of date. */
    public static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public ModelDescription description() {
        return description;
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
        Preprocessing preprocessing = description.preprocessing();
        Shape shape = new Shape(batch, preprocessing.heightPx(), preprocessing.widthPx(), 3);
        ByteBuffer view = imagesNhwc.duplicate().clear().limit(batch * preprocessing.imageBytes());
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray images = manager.create(view, shape, DataType.UINT8);
            NDList outputs = model.getBlock().forward(new ParameterStore(manager, false), new NDList(images), false);
            outputs.attach(manager);
            return read(outputs, batch);
        }
    }

    private BatchOutput read(NDList outputs, int batch) {
        List<float[]> logits = new ArrayList<>();
        List<float[]> probabilities = new ArrayList<>();
        for (Attribute attribute : description.schema().attributes()) {
            Shape expected = new Shape(batch, attribute.classCount());
            logits.add(values(outputs.get(attribute.logitsName()), attribute.logitsName(), expected));
            probabilities.add(values(outputs.get(attribute.id()), attribute.id(), expected));
        }
        return new BatchOutput(logits, probabilities);
    }

    private float[] values(@Nullable NDArray output, String name, Shape expected) {
        if (output == null
                || output.getDataType() != DataType.FLOAT32
                || !output.getShape().equals(expected)) {
            String found = output == null ? "missing" : output.getDataType() + " " + output.getShape();
            throw new IllegalStateException(
                    file + ": output " + name + " is " + found + "; expected float32 " + expected);
        }
        return output.toFloatArray();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Ends the session. May be called twice. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) { // DJL's model throws at the second time
            model.close();
        }
    }
}
