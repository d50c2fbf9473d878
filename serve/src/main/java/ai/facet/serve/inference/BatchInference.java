package ai.facet.serve.inference;

import ai.facet.description.ModelDescription;
import java.nio.ByteBuffer;

/** What answers batches: {@link OnnxModel}, or a stand-in under test. */
public interface BatchInference extends AutoCloseable {
    ModelDescription description();

    /**
     * Answers a batch.
     *
     * @param imagesNhwc direct, from its start: uint8 {@code [batch, height, width, 3]}
     */
    BatchOutput run(ByteBuffer imagesNhwc, int batch);

    @Override
    void close();
}
