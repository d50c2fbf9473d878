package ai.facet.serve.inference;

import ai.facet.bundle.Int8Check;
import ai.facet.bundle.ModelBundle;
import ai.facet.description.ModelDescription;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Prediction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Starts a bundle's int8 model if this processor's integer kernels give the answers that they gave where the model was
 * made; otherwise the float model, and says so.
 */
final class Int8Start {
    private static final Logger LOG = LogManager.getLogger();

    private Int8Start() {}

    /** Opens a file of the bundle. */
    @FunctionalInterface
    interface Opener {
        OnnxModel open(java.nio.file.Path file) throws IOException;
    }

    static OnnxModel open(ModelBundle bundle, Opener opener) throws IOException {
        Int8Check check = bundle.int8Check();
        OnnxModel model = opener.open(bundle.folder().resolve(ModelBundle.INT8));
        int different = different(model, check);
        if (different == 0) {
            return model;
        }
        model.close();
        LOG.warn(
                "{}: {} of {} answers to the bundle's own check are others than where it was made: this processor's"
                        + " integer arithmetic differs. {} is used instead. Export with --int8-weight-bits 7 for it",
                bundle.folder().resolve(ModelBundle.INT8),
                different,
                check.seeds().size() * bundle.description().schema().size(),
                ModelBundle.ONNX);
        return opener.open(bundle.onnx());
    }

    private static int different(OnnxModel model, Int8Check check) {
        ModelDescription description = model.description();
        int widthPx = description.preprocessing().widthPx();
        int heightPx = description.preprocessing().heightPx();
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(description.preprocessing().imageBytes());
        int different = 0;
        for (int i = 0; i < check.seeds().size(); i++) {
            pixels.clear().put(Int8Check.pixels(check.seeds().get(i), widthPx, heightPx));
            Prediction found = model.run(pixels, 1).prediction(description, 0);
            List<AttributePrediction> answers = found.attributes();
            for (int a = 0; a < answers.size(); a++) {
                different += answers.get(a).classIndex() == check.classes().get(i)[a] ? 0 : 1;
            }
        }
        return different;
    }
}
