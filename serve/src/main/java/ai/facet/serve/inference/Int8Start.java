package ai.facet.serve.inference;

import ai.facet.bundle.ModelBundle;
import ai.facet.description.ModelDescription;
import ai.facet.prediction.Int8Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Chooses between a bundle's float and int8 model. The integers are taken if this processor's kernels give the answers that
 * they gave where the model was made; otherwise the floats, and the log says so.
 */
final class Int8Start {
    private static final Logger LOG = LogManager.getLogger();

    private Int8Start() {}

    /** Opens a file of the bundle. */
    @FunctionalInterface
    interface Opener {
        OnnxModel open(Path file) throws IOException;
    }

    /**
     * Opens the model of a bundle that a choice means.
     *
     * @throws IOException if int8 was asked for by name and cannot be had
     */
    static OnnxModel open(ModelBundle bundle, InferenceOptions options, Opener opener) throws IOException {
        return switch (options.precision()) {
            case FP32 -> opener.open(bundle.onnx());
            case AUTO ->
                bundle.int8().isPresent() && !options.onGpu() ? orFloats(bundle, opener) : opener.open(bundle.onnx());
            case INT8 -> required(bundle, opener);
        };
    }

    /** The integers, or the floats if these answer otherwise here or have not passed. */
    static OnnxModel orFloats(ModelBundle bundle, Opener opener) throws IOException {
        Path file = bundle.folder().resolve(ModelBundle.INT8);
        String objection =
                bundle.int8Passed() ? "" : "the comparison in " + ModelBundle.INT8_REPORT + " was not passed";
        if (objection.isEmpty()) {
            OnnxModel model = opener.open(file);
            objection = objection(model, bundle);
            if (objection.isEmpty()) {
                LOG.info("{}: 8-bit integers, whose own check agrees here; --precision fp32 takes the floats", file);
                return model;
            }
            model.close();
        }
        LOG.warn("{}: {}. {} is used instead", file, objection, ModelBundle.ONNX);
        return opener.open(bundle.onnx());
    }

    private static OnnxModel required(ModelBundle bundle, Opener opener) throws IOException {
        Path file = bundle.int8()
                .orElseThrow(() -> new IOException("--precision int8: " + bundle.folder() + " has no "
                        + ModelBundle.INT8 + ". Export it with facet export --int8, or choose --precision auto"));
        OnnxModel model = opener.open(file);
        String objection = objection(model, bundle);
        if (!objection.isEmpty()) {
            model.close();
            throw new IOException("--precision int8: " + file + ": " + objection + ", or choose --precision auto");
        }
        return model;
    }

    /** What speaks against the integers here; empty if nothing does. Closes the model if it cannot tell. */
    private static String objection(OnnxModel model, ModelBundle bundle) throws IOException {
        Int8Check check;
        int different;
        try {
            check = bundle.int8Check();
            different = different(model, check);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
        return different == 0
                ? ""
                : different + " of "
                        + check.answers()
                        + " answers to the bundle's own check are others than where it was made: this processor's"
                        + " integer arithmetic differs. Export with --int8-weight-bits 7 for it";
    }

    private static int different(OnnxModel model, Int8Check check) {
        ModelDescription description = model.description();
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(description.preprocessing().imageBytes());
        return check.different(
                description.preprocessing(),
                picture -> model.run(pixels.clear().put(picture), 1).prediction(description, 0));
    }
}
