package ai.facet.serve.inference;

import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecodeException;
import ai.facet.decode.ImageDecoder;
import ai.facet.description.ModelDescription;
import ai.facet.image.Box;
import ai.facet.image.PixelRows;
import ai.facet.prediction.Prediction;
import ai.facet.preprocess.PixelPipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** From a picture's bytes to its answers. Safe from many threads at once. */
public final class Predictor implements AutoCloseable {
    private final OnnxModel model;
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.DEFAULT);
    private final PixelPipeline pipeline;
    private final Queue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();

    private Predictor(OnnxModel model) {
        this.model = model;
        this.pipeline = new PixelPipeline(model.description().preprocessing());
    }

    /** Opens a bundle folder or a lone ONNX file; see {@link OnnxModel#open}. */
    public static Predictor open(Path onnxOrBundle, InferenceOptions options) throws IOException {
        return new Predictor(OnnxModel.open(onnxOrBundle, options));
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
        return predict(decoder.read(file), file.toString(), box);
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
        PixelRows picture = decoder.decode(encoded, name);
        ByteBuffer idle = idleBuffers.poll();
        ByteBuffer buffer = idle == null
                ? ByteBuffer.allocateDirect(description().preprocessing().imageBytes())
                : idle;
        try {
            pipeline.apply(picture, box, buffer, 0);
            return model.run(buffer, 1).prediction(description(), 0);
        } finally {
            idleBuffers.add(buffer);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
