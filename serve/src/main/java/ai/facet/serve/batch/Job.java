package ai.facet.serve.batch;

import java.nio.ByteBuffer;

/**
 * A decoded picture that waits for its inference.
 *
 * @param pixels direct, {@code [height, width, 3]}; back to the pool when the job ends
 * @param index of the picture in its question
 * @param queuedNanos when it was queued, as {@link System#nanoTime}
 */
record Job(ByteBuffer pixels, Answers answers, int index, long queuedNanos) {}
