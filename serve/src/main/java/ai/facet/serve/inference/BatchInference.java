package ai.facet.serve.inference;

import ai.facet.description.ModelDescription;
import ai.facet.preprocess.FrameScale;
import java.nio.ByteBuffer;
import java.util.List;

/** What answers batches: {@link OnnxModel}, or a stand-in under test. */
public interface BatchInference extends AutoCloseable {
    ModelDescription description();

    /**
     * Answers a batch.
     *
     * @param imagesNhwc direct, from its start: uint8 {@code [batch, height, width, 3]}
     */
    BatchOutput run(ByteBuffer imagesNhwc, int batch);

    /**
     * All that is known about one picture of a batch.
     *
     * @param index of the picture in the batch
     * @param scale how it became the input
     * @throws ai.facet.prediction.NonFiniteOutputException if the network answered with NaN or infinity
     */
    default Answer answer(BatchOutput output, int index, FrameScale scale) {
        return new Answer(output.prediction(description(), index), List.of());
    }

    @Override
    void close();
}
