package ai.facet.serve.inference;

import ai.facet.decode.ImageDecodeException;
import ai.facet.description.ModelDescription;
import ai.facet.image.Box;
import ai.facet.prediction.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From a picture's bytes to its answers. Safe from many threads at once. */
public final class Predictor implements AutoCloseable {
    private final OnnxModel model;
    private final PictureInput input;

    private Predictor(OnnxModel model) {
        this.model = model;
        this.input = new PictureInput(model.description().preprocessing());
    }

    /** Opens a bundle folder or a lone ONNX file; see {@link OnnxModel#open}. */
    public static Predictor open(Path onnxOrBundle, InferenceOptions options) throws IOException {
        return new Predictor(OnnxModel.open(onnxOrBundle, options));
    }

    /** Opens a bundle folder or a lone ONNX file with {@link InferenceOptions#DEFAULT}. */
    public static Predictor open(Path onnxOrBundle) throws IOException {
        return open(onnxOrBundle, InferenceOptions.DEFAULT);
    }

    /** What the model computes in. */
    public Precision precision() {
        return model.precision();
    }

    public ModelDescription description() {
        return model.description();
    }

    /** Answers a picture in a file. */
    public Prediction predict(Path file) throws IOException {
        return predict(file, null);
    }

    /**
     * Answers a part of a picture in a file.
     *
     * @param box the part to look at, in pixels of the upright picture; null for all of it
     * @throws ImageDecodeException if it is too large or cannot be decoded
     */
    public Prediction predict(Path file, @Nullable Box box) throws IOException {
        return predict(input.read(file), file.toString(), box);
    }

    /**
     * Answers an encoded picture.
     *
     * @param name what it is called in error messages
     * @param box the part to look at, in pixels of the upright picture; null for all of it
     * @throws ImageDecodeException if it cannot be decoded
     * @throws IllegalArgumentException if the box lies outside the picture
     */
    public Prediction predict(byte[] encoded, String name, @Nullable Box box) throws ImageDecodeException {
        return input.with(
                encoded, name, box, (pixels, scale) -> model.run(pixels, 1).prediction(description(), 0));
    }

    @Override
    public void close() {
        model.close();
    }
}
