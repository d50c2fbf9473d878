package ai.facet.train.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.Seeds;
import ai.facet.train.optimize.LearningRates;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.optimize.UncertaintyWeights;
import org.jspecify.annotations.Nullable;

/**
 * One step: forward, loss, backward (in parts, if asked for), update. Everything it makes on the device lives in a manager of the batch. Engine
 * thread only.
 */
public final class TrainStep {
    private static final long DROPOUT = 3;

    private final Block network;
    private final AttributeLoss loss;
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

    /** @param microBatch pictures that go through the network at once; their gradients add up to the batch's */
    public TrainStep(
            Block network,
            AttributeLoss loss,
            ParameterUpdate update,
            LearningRates schedule,
            Frame frame,
            int microBatch,
            long seed) {
        this.network = network;
        this.loss = loss;
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
     * Changes the weights and adds the batch's loss to a sum on the device, without waiting for it.
     *
     * @param step counted from 0 over the whole run: it alone decides learning rate and dropout
     * @param lossSum scalar, changed in place
     */
    public void run(HostBatch batch, long step, NDArray lossSum, NDManager batchManager) {
        Engine.getEngine("PyTorch").setRandomSeed((int) Seeds.of(seed, DROPOUT, step));
        double[] labelled = SoftTargets.labelled(batch);
        for (int from = 0; from < batch.size(); from += Math.min(microBatch, batch.size())) {
            int to = Math.min(batch.size(), from + Math.min(microBatch, batch.size()));
            try (NDManager manager = batchManager.newSubManager()) {
                addGradients(batch.part(from, to, frame.bytes()), labelled, lossSum, manager);
            }
        }
        update.apply(batchManager, schedule.at(step), step);
        if (learnedWeights != null) {
            learnedWeights.update(present(labelled), step, batchManager);
        }
    }

    private static float[] present(double[] labelled) {
        float[] present = new float[labelled.length];
        for (int a = 0; a < present.length; a++) {
            present[a] = labelled[a] > 0 ? 1 : 0;
        }
        return present;
    }

    private void addGradients(HostBatch part, double[] labelled, NDArray lossSum, NDManager manager) {
        Shape shape = new Shape(part.size(), frame.heightPx(), frame.widthPx(), 3);
        NDArray images = manager.create(part.pixelsNhwc(), shape, DataType.UINT8); // [N, H, W, 3]
        ParameterStore parameters = new ParameterStore(manager, false);
        NDList losses;
        NDArray value;
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDList logits = network.forward(parameters, new NDList(images), true);
            losses = loss.parts(logits, part, labelled, manager);
            value = AttributeLoss.sum(losses);
            collector.backward(learnedWeights == null ? value : learnedWeights.weigh(losses));
        }
        if (learnedWeights != null) {
            learnedWeights.add(losses);
        }
        try (NDArray detached = value.stopGradient()) {
            lossSum.addi(detached);
        }
    }

    double learningRate(long step) {
        return schedule.at(step);
    }

    ParameterUpdate update() {
        return update;
    }
}
