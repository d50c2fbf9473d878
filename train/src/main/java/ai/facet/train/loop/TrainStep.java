package ai.facet.train.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.Seeds;
import ai.facet.train.loop.Replica.PartLoss;
import ai.facet.train.optimize.LearningRates;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.optimize.UncertaintyWeights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step: forward, loss, backward (in parts, if asked for, and on several devices), update. Everything it makes on the
 * device lives in a manager of the batch. Engine thread only.
 */
public final class TrainStep {
    private static final long DROPOUT = 3;

    private final Replicas replicas;
    private final ParameterUpdate update;
    private final LearningRates schedule;
    private final Frame frame;
    private final int microBatch;
    private final long seed;
    private @Nullable UncertaintyWeights learnedWeights;

    /** Steps with all pictures of a batch at once. */
    public TrainStep(
            Block network, AttributeLoss loss, ParameterUpdate update, LearningRates schedule, Frame frame, long seed) {
        this(network, loss, update, schedule, frame, Integer.MAX_VALUE, seed);
    }

    /** Steps on one device. */
    public TrainStep(
            Block network,
            AttributeLoss loss,
            ParameterUpdate update,
            LearningRates schedule,
            Frame frame,
            int microBatch,
            long seed) {
        this(Replicas.of(List.of(new Replica(network, loss, frame))), update, schedule, frame, microBatch, seed);
    }

    /**
     * Steps on several devices.
     *
     * @param update of the first replica, mirrored by the others
     * @param microBatch pictures that go through a network at once; their gradients add up to the batch's
     */
    public TrainStep(
            Replicas replicas, ParameterUpdate update, LearningRates schedule, Frame frame, int microBatch, long seed) {
        this.replicas = replicas;
        this.update = update;
        this.schedule = schedule;
        this.frame = frame;
        this.microBatch = microBatch;
        this.seed = seed;
    }

    /** Learns from now on how much each attribute counts. The loss that is told stays the plain sum over attributes. */
    public TrainStep weighing(@Nullable UncertaintyWeights weights) {
        learnedWeights = weights;
        return this;
    }

    /**
     * Changes the weights and adds the batch's loss to a sum on the first device, without waiting for it.
     *
     * @param step counted from 0 over the whole run: it alone decides learning rate and dropout
     * @param lossSum scalar, changed in place
     */
    public void run(HostBatch batch, long step, NDArray lossSum, NDManager batchManager) {
        Engine.getEngine("PyTorch").setRandomSeed((int) Seeds.of(seed, DROPOUT, step));
        double[] labelled = SoftTargets.labelled(batch);
        try (NDManager manager = batchManager.newSubManager()) {
            replicas.addGradients(parts(batch), labelled, learnedWeights, manager)
                    .forEach(loss -> count(loss, lossSum));
        }
        update.apply(batchManager, schedule.at(step), step);
        if (learnedWeights != null) {
            learnedWeights.update(present(labelled), step, batchManager);
        }
    }

    private List<HostBatch> parts(HostBatch batch) {
        return BatchPart.of(batch.size(), replicas.size(), microBatch).stream()
                .filter(part -> part.size() > 0)
                .map(part -> batch.part(part.from(), part.to(), frame.bytes()))
                .toList();
    }

    private void count(PartLoss loss, NDArray lossSum) {
        try (NDArray sum = loss.sum().toDevice(lossSum.getDevice(), true);
                NDArray byAttribute = loss.byAttribute().toDevice(lossSum.getDevice(), true)) {
            lossSum.addi(sum);
            if (learnedWeights != null) {
                learnedWeights.add(byAttribute);
            }
        }
    }

    private static float[] present(double[] labelled) {
        float[] present = new float[labelled.length];
        for (int a = 0; a < present.length; a++) {
            present[a] = labelled[a] > 0 ? 1 : 0;
        }
        return present;
    }

    double learningRate(long step) {
        return schedule.at(step);
    }

    ParameterUpdate update() {
        return update;
    }
}
