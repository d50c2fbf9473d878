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
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.optimize.ParameterUpdate;

/**
 * One step: forward, loss, backward, update. Everything it makes on the device lives in a manager of the batch. Engine
 * thread only.
 */
public final class TrainStep {
    private static final long DROPOUT = 3;

    private final Block network;
    private final AttributeLoss loss;
    private final ParameterUpdate update;
    private final LearningRateSchedule schedule;
    private final Frame frame;
    private final long seed;

    public TrainStep(
            Block network,
            AttributeLoss loss,
            ParameterUpdate update,
            LearningRateSchedule schedule,
            Frame frame,
            long seed) {
        this.network = network;
        this.loss = loss;
        this.update = update;
        this.schedule = schedule;
        this.frame = frame;
        this.seed = seed;
    }

    /**
     * Changes the weights and adds the batch's loss to a sum on the device, without waiting for it.
     *
     * @param step counted from 0 over the whole run: it alone decides learning rate and dropout
     * @param lossSum scalar, changed in place
     */
    public void run(HostBatch batch, long step, NDArray lossSum, NDManager batchManager) {
        Engine.getEngine("PyTorch").setRandomSeed((int) Seeds.of(seed, DROPOUT, step));
        Shape shape = new Shape(batch.size(), frame.heightPx(), frame.widthPx(), 3);
        NDArray images = batchManager.create(batch.pixelsNhwc(), shape, DataType.UINT8); // [N, H, W, 3]
        ParameterStore parameters = new ParameterStore(batchManager, false);
        NDArray value;
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDList logits = network.forward(parameters, new NDList(images), true);
            value = loss.of(logits, batch.labels(), batchManager);
            collector.backward(value);
        }
        update.apply(batchManager, schedule.at(step), step);
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
