package ai.facet.serve.registry;

import ai.facet.cli.UserException;
import ai.facet.decode.DecodeLimits;
import ai.facet.prediction.Int8Check;
import ai.facet.prediction.NonFiniteOutputException;
import ai.facet.preprocess.Preprocessing;
import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.batch.ServiceLimits;
import ai.facet.serve.inference.BatchOutput;
import ai.facet.serve.inference.HeatModel;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** From a bundle to a model that answers at once and as it should. Thread-safe. */
public final class ModelLoader {
    private static final Logger LOG = LogManager.getLogger();
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int WARMING_RUNS = 2;

    private final InferenceOptions options;
    private final ServiceLimits limits;
    private final LoadObserver observer;

    public ModelLoader(InferenceOptions options, ServiceLimits limits, LoadObserver observer) {
        this.options = options;
        this.limits = limits;
        this.observer = observer;
    }

    /**
     * Loads a model: checksums first, then a session, then drawn pictures one by one and as a full batch, so that what
     * answers nonsense is refused and the first client does not wait for memory.
     *
     * @param name null for the model's own
     * @param path a bundle or a lone ONNX file
     * @param fixed whether it was named at the start
     * @throws IOException naming the file if it is damaged, foreign or does not answer as its description says
     * @throws UserException for options that do not fit it
     */
    public LoadedModel load(@Nullable String name, int version, Path path, boolean fixed) throws IOException {
        long begin = System.nanoTime();
        OnnxModel model = OnnxModel.open(path, options);
        HeatModel heat = null;
        try {
            ModelId id = new ModelId(name == null ? model.description().name() : name, version);
            warm(model, path);
            heat = HeatModel.openBeside(model, options);
            PredictionService service =
                    new PredictionService(model, limits, DecodeLimits.DEFAULT, observer.service(id), heat);
            LOG.info(
                    "{}: {} in {} on ONNX Runtime {}, loaded in {} ms",
                    id,
                    path,
                    model.precision().id(),
                    OnnxModel.runtimeVersion(),
                    (System.nanoTime() - begin) / NANOS_PER_MILLI);
            return new LoadedModel(id, service, model.precision(), fixed);
        } catch (IOException | RuntimeException | Error e) {
            model.close();
            if (heat != null) {
                heat.close();
            }
            throw e;
        }
    }

    private void warm(OnnxModel model, Path path) throws IOException {
        Preprocessing preprocessing = model.description().preprocessing();
        int bytes = preprocessing.imageBytes();
        int batch = Math.min(limits.maxBatch(), Integer.MAX_VALUE / bytes);
        try {
            ByteBuffer pixels = ByteBuffer.allocateDirect(batch * bytes);
            for (int i = 0; i < batch; i++) {
                pixels.put(Int8Check.pixels(i, preprocessing.widthPx(), preprocessing.heightPx()));
            }
            for (int run = 0; run < WARMING_RUNS; run++) {
                requireAnswers(model, model.run(pixels, 1), 1);
                requireAnswers(model, model.run(pixels, batch), batch);
            }
        } catch (NonFiniteOutputException e) {
            throw new IOException(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw UserException.failed(path + ": there is no memory for a batch of " + batch
                    + " pictures. Choose a smaller --max-batch, or a larger FACET_HEAP");
        }
    }

    private static void requireAnswers(OnnxModel model, BatchOutput output, int batch) {
        for (int i = 0; i < batch; i++) {
            output.prediction(model.description(), i);
        }
    }
}
