package ai.facet.serve.inference;

import ai.facet.bundle.ModelBundle;
import ai.facet.decode.ImageDecodeException;
import ai.facet.description.ModelDescription;
import ai.facet.image.Box;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From a picture's bytes to its answers and where they come from. Safe from many threads at once. */
public final class HeatPredictor implements AutoCloseable {
    private final HeatModel model;
    private final PictureInput input;

    private HeatPredictor(HeatModel model) {
        this.model = model;
        this.input = new PictureInput(model.description().preprocessing());
    }

    /**
     * Opens a bundle that was exported with {@code --explain}.
     *
     * @throws IOException as {@link HeatModel#open}
     */
    public static HeatPredictor open(Path bundle, InferenceOptions options) throws IOException {
        return new HeatPredictor(HeatModel.open(ModelBundle.open(bundle), options));
    }

    public ModelDescription description() {
        return model.description();
    }

    /** Answers a picture in a file. */
    public Answer explain(Path file) throws IOException {
        return explain(input.read(file), file.toString(), null);
    }

    /**
     * Answers an encoded picture.
     *
     * @param name what it is called in error messages
     * @param box the part to look at, in pixels of the upright picture; null for all of it
     * @return with heat in pixels of the whole upright picture
     * @throws ImageDecodeException if it cannot be decoded
     * @throws IllegalArgumentException if the box lies outside the picture
     */
    public Answer explain(byte[] encoded, String name, @Nullable Box box) throws ImageDecodeException {
        return input.with(encoded, name, box, (pixels, scale) -> model.answer(model.run(pixels, 1), 0, scale));
    }

    @Override
    public void close() {
        model.close();
    }
}
