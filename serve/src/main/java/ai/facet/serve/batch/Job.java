package ai.facet.serve.batch;

import ai.facet.preprocess.FrameScale;
import java.nio.ByteBuffer;

/**
 * A decoded picture that waits for its inference.
 *
 * @param pixels direct, {@code [height, width, 3]}; back to the pool when the job ends
 * @param scale how the picture became the pixels
 * @param index of the picture in its question
 * @param queuedNanos when it was queued, as {@link System#nanoTime}
 */
record Job(ByteBuffer pixels, FrameScale scale, Answers answers, int index, long queuedNanos) {}
