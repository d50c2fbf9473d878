package ai.facet.train.run;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.facet.blocks.HostFloats;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.input.HostBatch;
import ai.facet.train.loop.AttributeLoss;
import ai.facet.train.loop.ClassCounts;
import ai.facet.train.loop.TrainStep;
import ai.facet.train.memory.ProcessMemory;
import ai.facet.train.optimize.AdamW;
import ai.facet.train.optimize.GradMode;
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.optimize.OptimizerState;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.optimize.Sgd;
import ai.facet.train.optimize.TrainableParameter;
import ai.facet.train.optimize.UpdateRule;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Two steps on grey pictures with a network, an optimizer and labels of its own, all of which are gone afterwards: what
 * a run trains is not touched, and each step of a run sets the random state itself. Engine thread only.
 */
final class TrialStep {
    /** The optimizer's state appears in the first. */
    private static final int STEPS = 2;

    private final TrainingConfig config;
    private final AttributeSchema schema;
    private final Device device;

    TrialStep(TrainingConfig config, AttributeSchema schema, Device device) {
        this.config = config;
        this.schema = schema;
        this.device = device;
    }

    /**
     * Takes steps of two micro-batches, or of one if that is the whole batch.
     *
     * @return the process's peak in bytes; empty if the system does not tell
     * @throws EngineException if the memory cannot be had
     */
    @SuppressWarnings("try") // the switch is only held, never asked
    OptionalLong peakBytes() {
        Preprocessing input = Preprocessing.square(config.sizePx());
        int pictures = Math.min(config.batchSize(), 2 * config.microBatch());
        try (RunNetwork network = RunNetwork.create(config, schema, input, device);
                GradMode off = GradMode.off();
                NDArray lossSum = network.manager().create(0f)) {
            TrainStep step = step(network);
            HostBatch batch = new HostBatch(
                    ByteBuffer.allocateDirect(pictures * input.imageBytes()), new int[pictures][schema.size()]);
            for (int i = 0; i < STEPS; i++) {
                try (NDManager manager = network.manager().newSubManager()) {
                    step.run(batch, i, lossSum, manager);
                }
            }
            HostFloats.scalar(lossSum); // waits for the device
            return ProcessMemory.peakBytes();
        }
    }

    private TrainStep step(RunNetwork network) {
        OptimizerConfig settings = config.optimizer();
        OptimizerState state = new OptimizerState(network.manager());
        UpdateRule rule = switch (settings.kind()) {
            case SGD -> new Sgd(settings.momentum(), settings.weightDecay(), state);
            case ADAMW -> new AdamW(settings.weightDecay(), state);
        };
        ParameterUpdate update = new ParameterUpdate(
                        TrainableParameter.of(network.block()), rule, settings.clipNorm(), network.manager())
                .averaging(
                        settings.emaDecay(),
                        TrainableParameter.statistics(network.block(), config.start()::isFrozen),
                        network.manager());
        long[][] counts = schema.attributes().stream()
                .map(a -> {
                    long[] ones = new long[a.classCount()];
                    java.util.Arrays.fill(ones, 1);
                    return ones;
                })
                .toArray(long[][]::new);
        AttributeLoss loss = AttributeLoss.of(schema, config.loss(), new ClassCounts(counts), network.manager());
        LearningRateSchedule schedule =
                new LearningRateSchedule(settings.schedule(), settings.learningRate(), STEPS, STEPS);
        return new TrainStep(
                network.block(), loss, update, schedule, network.frame(), config.microBatch(), config.seed());
    }
}
