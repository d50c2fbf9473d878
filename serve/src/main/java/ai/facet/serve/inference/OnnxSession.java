package ai.facet.serve.inference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.facet.cli.UserException;
import ai.facet.preprocess.Preprocessing;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An ONNX file in a session of ONNX Runtime. {@link #run} is safe from many threads; {@link #close} not beside it. */
final class OnnxSession implements AutoCloseable {
    private static final String ENGINE = "OnnxRuntime";

    private final Path file;
    private final Preprocessing preprocessing;
    private final List<Output> outputs;
    private final Model model;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxSession(Path file, Preprocessing preprocessing, List<Output> outputs, Model model) {
        this.file = file;
        this.preprocessing = preprocessing;
        this.outputs = List.copyOf(outputs);
        this.model = model;
    }

    /**
     * An output that a model must have: float32.
     *
     * @param shape of one picture's part
     */
    record Output(String name, List<Integer> shape) {
        Output {
            shape = List.copyOf(shape);
        }

        private Shape withBatch(int batch) {
            long[] dimensions = new long[shape.size() + 1];
            dimensions[0] = batch;
            for (int i = 0; i < shape.size(); i++) {
                dimensions[i + 1] = shape.get(i);
            }
            return new Shape(dimensions);
        }
    }

    /**
     * Loads a file and runs it once.
     *
     * @throws IOException naming the file if ONNX Runtime cannot run it or an output is not as expected
     */
    static OnnxSession load(Path file, Preprocessing preprocessing, List<Output> outputs, InferenceOptions options)
            throws IOException {
        // DJL's engine must be the first to create ONNX Runtime's environment.
        Engine.getEngine(ENGINE);
        requireDevice(options);
        String name = String.valueOf(file.getFileName());
        Model model = Model.newInstance(name, options.djlDevice(), ENGINE);
        OnnxSession opened = new OnnxSession(file, preprocessing, outputs, model);
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            model.load(folder, name, sessionOptions(options));
            opened.run(ByteBuffer.allocateDirect(preprocessing.imageBytes()), 1);
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

    Path file() {
        return file;
    }

    /** The version of ONNX Runtime; DJL's own answer is out of date. */
    static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /**
     * Runs a batch.
     *
     * @param imagesNhwc direct, from its start: uint8 {@code [batch, height, width, 3]}; only read during the call
     * @return the values of every expected output, in that order
     * @throws IllegalStateException if an output is not as expected
     */
    List<float[]> run(ByteBuffer imagesNhwc, int batch) {
        Shape shape = new Shape(batch, preprocessing.heightPx(), preprocessing.widthPx(), 3);
        ByteBuffer view = imagesNhwc.duplicate().clear().limit(batch * preprocessing.imageBytes());
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDArray images = manager.create(view, shape, DataType.UINT8);
            NDList found = model.getBlock().forward(new ParameterStore(manager, false), new NDList(images), false);
            found.attach(manager);
            List<float[]> values = new ArrayList<>(outputs.size());
            for (Output output : outputs) {
                values.add(values(found.get(output.name()), output.name(), output.withBatch(batch)));
            }
            return values;
        }
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
        // it quotes names from the file, which may hold anything
        return String.valueOf(root.getMessage()).replaceAll("\\p{Cntrl}+", " ");
    }

    /** Ends the session. May be called twice. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) { // DJL's model throws at the second time
            model.close();
        }
    }
}
