package ai.facet.serve.batch;

import ai.facet.prediction.Prediction;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A decoded picture that waits for its inference.
 *
 * @param pixels direct, {@code [height, width, 3]}; back to the pool when the job ends
 */
record Job(ByteBuffer pixels, CompletableFuture<Prediction> answer) {}
