package ai.facet.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.facet.blocks.HostFloats;
import ai.facet.train.input.AugmentationPlan;
import ai.facet.train.input.BatchFeeder;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.BatchPlan;
import ai.facet.train.input.EpochSampler;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.Pictures;
import ai.facet.train.input.PixelBuffers;
import ai.facet.train.optimize.GradMode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs epochs from wherever the state stands until the last one, a limit or a request to stop. Engine thread only; the
 * caller switches gradients on only inside {@link TrainStep}.
 */
public final class TrainingLoop {
    private static final long REPORT_EVERY_NANOS = 400_000_000;

    private final Setup setup;
    private final TrainStep step;
    private final Validation validation;
    private final TrainingListener listener;
    private final StopRequest stop;
    private final PixelBuffers buffers;
    private long nextCheckpointNanos;
    private long nextReportNanos;

    /** Measures the network after each epoch. */
    @FunctionalInterface
    public interface Validation {
        /** Metrics with the losses, rate and times of the epoch filled in from {@code trained}. */
        EpochMetrics measure(Trained trained) throws IOException;
    }

    /** What the training part of an epoch is known by. */
    public record Trained(
            int epoch, long step, double learningRate, double loss, double seconds, double imagesPerSecond) {}

    /**
     * What the loop needs to know.
     *
     * @param pictures to train on
     * @param sampler chooses the pictures of an epoch
     * @param epochs in the whole run
     * @param patience epochs without a better score before the run ends; 0 never ends it
     * @param maxTime for this process; null for no limit
     */
    public record Setup(
            Pictures pictures,
            EpochSampler sampler,
            Frame frame,
            int batchSize,
            int epochs,
            long seed,
            AugmentationPlan augmentations,
            Executor readers,
            Duration checkpointEvery,
            int patience,
            @Nullable Duration maxTime) {}

    /** Why a loop ended. */
    public enum End {
        FINISHED,
        NO_PROGRESS,
        OUT_OF_TIME,
        STOPPED
    }

    public TrainingLoop(
            Setup setup, TrainStep step, Validation validation, TrainingListener listener, StopRequest stop) {
        this.setup = setup;
        this.step = step;
        this.validation = validation;
        this.listener = listener;
        this.stop = stop;
        this.buffers = new PixelBuffers(setup.frame.bytes() * Math.min(setup.batchSize, setup.pictures.size()));
    }

    /** Trains; the state is at a step's border when this returns. */
    @SuppressWarnings("try") // the switch is only held, never asked
    public End run(TrainingState state, NDManager manager) throws IOException {
        long started = System.nanoTime();
        nextCheckpointNanos = started + setup.checkpointEvery.toNanos();
        try (GradMode off = GradMode.off()) {
            while (state.epoch() < setup.epochs) {
                if (setup.patience > 0 && state.epochsWithoutProgress() >= setup.patience) {
                    return End.NO_PROGRESS;
                }
                End early = trainEpoch(state, started, manager);
                if (early != null) {
                    return early;
                }
                finishEpoch(state);
            }
        }
        return End.FINISHED;
    }

    private @Nullable End trainEpoch(TrainingState state, long started, NDManager manager) throws IOException {
        BatchPlan plan = BatchPlan.training(
                setup.pictures.size(),
                setup.batchSize,
                setup.sampler,
                setup.augmentations,
                setup.seed,
                state.epoch(),
                state.batch());
        Clock clock = new Clock(state);
        try (BatchFeeder feeder = new BatchFeeder(setup.pictures, plan, setup.frame, buffers, setup.readers);
                NDArray lossSum = manager.create((float) state.lossSum())) {
            for (HostBatch batch = feeder.next(); batch != null; batch = feeder.next()) {
                try (NDManager batchManager = manager.newSubManager()) {
                    step.run(batch, state.step(), lossSum, batchManager);
                }
                feeder.giveBack(batch);
                state.stepDone();
                listener.stepped(state, lossSum);
                End end = betweenSteps(state, clock, lossSum, started);
                if (end != null) {
                    return end;
                }
            }
            measure(state, clock, lossSum);
        }
        return null;
    }

    private @Nullable End betweenSteps(TrainingState state, Clock clock, NDArray lossSum, long started)
            throws IOException {
        long now = System.nanoTime();
        boolean timeIsUp = setup.maxTime != null && now - started > setup.maxTime.toNanos();
        boolean due = now >= nextCheckpointNanos;
        if (now >= nextReportNanos || due || timeIsUp || stop.isRequested()) {
            measure(state, clock, lossSum);
            listener.progressed(state, state.lossSum() / state.batch(), clock.imagesPerSecond(state));
            nextReportNanos = now + REPORT_EVERY_NANOS;
        }
        if (due || timeIsUp || stop.isRequested()) {
            listener.checkpoint(state);
            nextCheckpointNanos = System.nanoTime() + setup.checkpointEvery.toNanos();
        }
        if (stop.isRequested()) {
            return End.STOPPED;
        }
        return timeIsUp ? End.OUT_OF_TIME : null;
    }

    private static void measure(TrainingState state, Clock clock, NDArray lossSum) {
        float sum = HostFloats.scalar(lossSum); // waits for the device
        if (!Float.isFinite(sum)) {
            throw new DivergedException(state.epoch() + 1, state.step());
        }
        state.measured(sum, clock.seconds());
    }

    private void finishEpoch(TrainingState state) throws IOException {
        double images = (double) state.batch() * Math.min(setup.batchSize, setup.pictures.size());
        EpochMetrics metrics = validation.measure(new Trained(
                state.epoch() + 1,
                state.step(),
                step.learningRate(state.step() - 1),
                state.lossSum() / state.batch(),
                state.seconds(),
                images / state.seconds()));
        state.epochDone(metrics);
        listener.epochEnded(state, metrics);
        nextCheckpointNanos = System.nanoTime() + setup.checkpointEvery.toNanos();
    }

    /** Time spent on an epoch over all processes that worked on it. */
    private final class Clock {
        private final long started = System.nanoTime();
        private final double secondsBefore;
        private final int batchesBefore;

        Clock(TrainingState state) {
            secondsBefore = state.seconds();
            batchesBefore = state.batch();
        }

        double seconds() {
            return secondsBefore + sinceStart();
        }

        double imagesPerSecond(TrainingState state) {
            return (state.batch() - batchesBefore) * (double) setup.batchSize / sinceStart();
        }

        private double sinceStart() {
            return (System.nanoTime() - started) / 1e9;
        }
    }
}
