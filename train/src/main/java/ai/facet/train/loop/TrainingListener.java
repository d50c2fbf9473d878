package ai.facet.train.loop;

import ai.djl.ndarray.NDArray;
import java.io.IOException;

/** What happens during a run, told on the engine thread. */
public interface TrainingListener {
    /**
     * A few times a second.
     *
     * @param meanLoss over the epoch's batches so far
     */
    default void progressed(TrainingState state, double meanLoss, double imagesPerSecond) {}

    /**
     * After every step.
     *
     * @param lossSum over the epoch's steps so far, a scalar on the device; reading it waits for the device
     */
    default void stepped(TrainingState state, NDArray lossSum) {}

    /** The state may be stored now: a checkpoint is due. */
    default void checkpoint(TrainingState state) throws IOException {}

    /** An epoch ended and was validated; {@code state} already counts it. */
    default void epochEnded(TrainingState state, EpochMetrics metrics) throws IOException {}

    /** Tells two listeners, the first one first. */
    static TrainingListener both(TrainingListener first, TrainingListener second) {
        return new TrainingListener() {
            @Override
            public void progressed(TrainingState state, double meanLoss, double imagesPerSecond) {
                first.progressed(state, meanLoss, imagesPerSecond);
                second.progressed(state, meanLoss, imagesPerSecond);
            }

            @Override
            public void stepped(TrainingState state, NDArray lossSum) {
                first.stepped(state, lossSum);
                second.stepped(state, lossSum);
            }

            @Override
            public void checkpoint(TrainingState state) throws IOException {
                first.checkpoint(state);
                second.checkpoint(state);
            }

            @Override
            public void epochEnded(TrainingState state, EpochMetrics metrics) throws IOException {
                first.epochEnded(state, metrics);
                second.epochEnded(state, metrics);
            }
        };
    }
}
