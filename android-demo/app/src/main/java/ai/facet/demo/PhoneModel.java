package ai.facet.demo;

import ai.facet.description.ModelDescription;
import ai.facet.image.PixelRows;
import ai.facet.json.JsonException;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.prediction.Prediction;
import ai.facet.preprocess.PixelPipeline;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An exported model in ONNX Runtime; its own description says how pictures become its input. For one thread. */
final class PhoneModel implements AutoCloseable {
    private static final String INPUT = "image";

    private final ModelDescription description;
    private final OrtSession session;
    /** To be open as long as the session is. */
    private final OrtSession.SessionOptions options;

    private final String file;
    private final Execution execution;
    private final PixelPipeline pipeline;
    private final ByteBuffer pixels;
    private final int bytes;
    private boolean closed;

    private PhoneModel(
            ModelDescription description,
            OrtSession session,
            OrtSession.SessionOptions options,
            String file,
            Execution execution,
            int bytes) {
        this.description = description;
        this.session = session;
        this.options = options;
        this.file = file;
        this.execution = execution;
        this.bytes = bytes;
        Preprocessing preprocessing = description.preprocessing();
        pipeline = new PixelPipeline(preprocessing);
        pixels = ByteBuffer.allocateDirect(preprocessing.imageBytes()).order(ByteOrder.nativeOrder());
    }

    /**
     * Loads a model. Where XNNPACK is asked for and is not there, the CPU runs it: see {@link #execution}.
     *
     * @param onnx a file of {@code facet export}
     */
    static PhoneModel load(String name, byte[] onnx, Execution wanted) throws Failure {
        OrtSession session = null;
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            Execution execution = wanted;
            if (wanted.provider() == Execution.Provider.XNNPACK && addXnnpack(options, wanted.threads())) {
                // its pool has the threads; those of ONNX Runtime's own would only be in their way
                options.setIntraOpNumThreads(1);
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
            } else {
                execution = new Execution(Execution.Provider.CPU, wanted.threads());
                options.setIntraOpNumThreads(wanted.threads());
            }
            session = OrtEnvironment.getEnvironment().createSession(onnx, options);
            Optional<String> text = session.getMetadata().getCustomMetadataValue(ModelDescription.ONNX_METADATA_KEY);
            if (!text.isPresent()) {
                throw new Failure(
                        R.string.error_model, "no " + ModelDescription.ONNX_METADATA_KEY + " in its metadata");
            }
            ModelDescription description = ModelDescription.parse(text.get(), "metadata");
            PhoneModel model = new PhoneModel(description, session, options, name, execution, onnx.length);
            model.answer(new byte[description.preprocessing().imageBytes()]); // the first takes longer, or fails
            return model;
        } catch (OrtException | JsonException e) {
            close(session, options);
            throw new Failure(R.string.error_model, String.valueOf(e.getMessage()));
        } catch (Failure | RuntimeException | Error e) {
            close(session, options);
            throw e;
        }
    }

    private static boolean addXnnpack(OrtSession.SessionOptions options, int threads) {
        try {
            options.addXnnpack(Map.of("intra_op_num_threads", Integer.toString(threads)));
            return true;
        } catch (OrtException e) { // this build of ONNX Runtime has none
            return false;
        }
    }

    private static void close(@Nullable OrtSession session, OrtSession.SessionOptions options) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            options.close();
        }
    }

    ModelDescription description() {
        return description;
    }

    /** How it is run, which may differ from what was asked for. */
    Execution execution() {
        return execution;
    }

    String file() {
        return file;
    }

    /** Of the file. */
    int bytes() {
        return bytes;
    }

    /** Answers about a picture of any size. */
    Prediction answer(PixelRows picture) throws Failure {
        return answer(input(picture));
    }

    /** The network's input for a picture: {@code [heightPx, widthPx, 3]}. */
    byte[] input(PixelRows picture) {
        pipeline.apply(picture, null, pixels, 0);
        byte[] input = new byte[pixels.capacity()];
        ((Buffer) pixels).clear();
        pixels.get(input);
        return input;
    }

    /** Answers about a network's input. */
    Prediction answer(byte[] input) throws Failure {
        Preprocessing size = description.preprocessing();
        long[] shape = {1, size.heightPx(), size.widthPx(), 3};
        ((Buffer) pixels).clear(); // ByteBuffer's own clear() is newer than Android 9
        pixels.put(input);
        ((Buffer) pixels).clear();
        try (OnnxTensor image =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), pixels, shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(INPUT, image))) {
            List<AttributePrediction> answers = new ArrayList<>();
            for (int i = 0; i < description.schema().size(); i++) {
                Attribute attribute = description.schema().attributes().get(i);
                double unsureBelow = description.calibration().get(i).unsureBelow();
                answers.add(AttributePrediction.of(attribute, probabilities(result, attribute), unsureBelow));
            }
            return new Prediction(answers);
        } catch (OrtException | NonFiniteOutputException e) {
            throw new Failure(R.string.error_answer, String.valueOf(e.getMessage()));
        }
    }

    private static float[] probabilities(OrtSession.Result result, Attribute attribute) throws Failure, OrtException {
        OnnxValue value = result.get(attribute.id()).orElse(null);
        if (value == null
                || !(value.getValue() instanceof float[][] rows)
                || rows.length != 1
                || rows[0].length != attribute.classCount()) {
            throw new Failure(
                    R.string.error_model, "output " + attribute.id() + " is not [1, " + attribute.classCount() + "]");
        }
        return rows[0];
    }

    /** Ends the session. May be called twice. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            close(session, options);
        }
    }
}
