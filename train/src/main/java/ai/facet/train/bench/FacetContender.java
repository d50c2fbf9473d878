package ai.facet.train.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.facet.blocks.AttributeNetwork;
import ai.facet.blocks.HostFloats;
import ai.facet.blocks.NetworkWeights;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.config.TorchEngine;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.HostBatch;
import ai.facet.train.loop.AttributeLoss;
import ai.facet.train.loop.SoftTargets;
import ai.facet.train.loop.TrainStep;
import ai.facet.train.optimize.AdamW;
import ai.facet.train.optimize.GradMode;
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.optimize.OptimizerState;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.optimize.Sgd;
import ai.facet.train.optimize.TrainableParameter;
import ai.facet.train.optimize.UpdateRule;
import java.util.List;

/** Facet's own step, as {@code facet train} takes it. */
final class FacetContender implements Contender {
    private final NDManager manager;
    private final AttributeNetwork block;
    private final TrainStep step;
    private final HostBatch batch;
    private final NDArray lossSum;
    private final GradMode gradients;
    private double lossBefore;
    private long steps;

    FacetContender(Workload work, Device device) {
        this(work, work.schema(), device);
    }

    FacetContender(Workload work, AttributeSchema schema, Device device) {
        manager = NDManager.newBaseManager(device, "PyTorch");
        block = new AttributeNetwork(work.network(), schema, work.preprocessing());
        TorchEngine.get().setRandomSeed((int) work.seed());
        block.initialize(manager);
        batch = work.batch();
        lossSum = manager.create(0f);
        step = new TrainStep(
                block,
                new AttributeLoss(new SoftTargets(schema, 0)),
                update(work.optimizer()),
                new LearningRateSchedule(
                        work.optimizer().schedule(), work.optimizer().learningRate(), 1_000_000, 1000),
                new Frame(work.sizePx(), work.sizePx()),
                work.seed());
        gradients = GradMode.off();
    }

    private ParameterUpdate update(OptimizerConfig settings) {
        OptimizerState state = new OptimizerState(manager);
        UpdateRule rule = switch (settings.kind()) {
            case SGD -> new Sgd(settings.momentum(), settings.weightDecay(), state);
            case ADAMW -> new AdamW(settings.weightDecay(), state);
        };
        return new ParameterUpdate(TrainableParameter.of(block), rule, settings.clipNorm(), manager);
    }

    /** The weights as they are now. */
    List<Tensor> weights() {
        return NetworkWeights.copy(block, Checkpoint.WEIGHTS);
    }

    @Override
    public String name() {
        return "facet";
    }

    @Override
    public Lap step() {
        long start = System.nanoTime();
        batch.pixelsNhwc().rewind();
        enqueue(batch);
        double sum = HostFloats.scalar(lossSum); // waits for the device
        double loss = sum - lossBefore;
        lossBefore = sum;
        return new Lap((System.nanoTime() - start) / 1e6, loss);
    }

    /** A step on pictures of the caller; the device may still compute afterwards. */
    void enqueue(HostBatch pictures) {
        try (NDManager batchManager = manager.newSubManager()) {
            step.run(pictures, steps++, lossSum, batchManager);
        }
    }

    /** Waits for the device. */
    void await() {
        lossBefore = HostFloats.scalar(lossSum);
    }

    @Override
    public void close() {
        gradients.close();
        manager.close();
    }
}
