package ai.facet.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.util.Pair;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.TorchEngine;
import ai.facet.train.input.AugmentationPlan;
import ai.facet.train.input.BalancedSampler;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.EpochSampler;
import ai.facet.train.input.HorizontalFlip;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.Pictures;
import ai.facet.train.input.Seeds;
import ai.facet.train.loop.TrainingLoop.End;
import ai.facet.train.loop.TrainingLoop.Setup;
import ai.facet.train.optimize.AdamW;
import ai.facet.train.optimize.GradMode;
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.optimize.LearningRates;
import ai.facet.train.optimize.OptimizerState;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.optimize.ReduceOnPlateau;
import ai.facet.train.optimize.Sgd;
import ai.facet.train.optimize.TrainableParameter;
import ai.facet.train.optimize.UncertaintyWeights;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            Attribute.ofTitle("brightness", List.of("dark", "bright")),
            Attribute.ofTitle("tint", List.of("red", "green", "blue"))));
    private static final Frame FRAME = new Frame(8, 8);
    private static final int EPOCHS = 3;
    private static final int BATCH = 8;
    private static final int PICTURES = 44; // 5 full batches

    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private NDManager manager;

    @BeforeEach
    void openManager() {
        TorchEngine.start(2);
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        readers.shutdownNow();
        manager.close();
    }

    @Test
    void sameSeedGivesTheSameWeightsToTheBit() throws IOException {
        Run first = new Run();
        Run second = new Run();

        assertThat(first.train(new StopAfter(99))).isEqualTo(End.FINISHED);
        second.train(new StopAfter(99));

        assertThat(first.hash()).isEqualTo(second.hash());
    }

    @Test
    void aRunStoppedAtAnyStepGoesOnToTheSameWeights() throws IOException {
        Run unbroken = new Run();
        unbroken.train(new StopAfter(99));

        for (int stopAfter :
                new int[] {1, 5, 7, 14}) { // mid-epoch, at an epoch's last step, mid-epoch, before the last
            Run stopped = new Run();
            assertThat(stopped.train(new StopAfter(stopAfter))).isEqualTo(End.STOPPED);
            assertThat(stopped.state.step()).isEqualTo(stopAfter);
            Run resumed = stopped.copyThroughCheckpoint();
            assertThat(resumed.train(new StopAfter(99))).isEqualTo(End.FINISHED);

            assertThat(resumed.hash()).as("stopped after %d", stopAfter).isEqualTo(unbroken.hash());
            assertThat(resumed.state.history().get(2).trainLoss())
                    .isEqualTo(unbroken.state.history().get(2).trainLoss());
        }
    }

    @Test
    void aPlateausRateGoesOnWithTheSameWeightsAndIsLowered() throws IOException {
        Run unbroken = new Run().onPlateau();
        unbroken.train(new StopAfter(99));
        Run stopped = new Run().onPlateau();
        assertThat(stopped.train(new StopAfter(12))).isEqualTo(End.STOPPED); // in epoch 3, after a lowering
        Run resumed = stopped.copyThroughCheckpoint().onPlateau();
        resumed.train(new StopAfter(99));

        assertThat(resumed.hash()).isEqualTo(unbroken.hash());
        // this test's score is best in epoch 1, so without patience every later epoch lowers the rate
        assertThat(resumed.state.history())
                .extracting(EpochMetrics::learningRate)
                .containsExactly(0.02, 0.02, 0.01);
    }

    @Test
    void averagesPartsOfBatchesAndBalancedPicturesGoOnToTheSameWeightsToo() throws IOException {
        Run unbroken = new Run().withEverything();
        unbroken.train(new StopAfter(99));

        for (int stopAfter : new int[] {1, 7, 14}) {
            Run stopped = new Run().withEverything();
            assertThat(stopped.train(new StopAfter(stopAfter))).isEqualTo(End.STOPPED);
            Run resumed = stopped.copyThroughCheckpoint().withEverything();
            assertThat(resumed.train(new StopAfter(99))).isEqualTo(End.FINISHED);

            assertThat(resumed.hash()).as("stopped after %d", stopAfter).isEqualTo(unbroken.hash());
            assertThat(resumed.averageHash()).isEqualTo(unbroken.averageHash()).isNotEqualTo(unbroken.hash());
        }
        Run plain = new Run();
        plain.train(new StopAfter(99));
        assertThat(plain.hash()).isNotEqualTo(unbroken.hash());
    }

    /** Without batch normalisation the parts' gradients must add up to the batch's, also where labels are missing. */
    @Test
    void aBatchInPartsIsTheSameStep() throws IOException {
        HostBatch batch = batchWithMissingLabels();
        float[] whole = stepOf(batch, BATCH);

        assertThat(stepOf(batch, 4)).containsExactly(whole, within(1e-5f));
        assertThat(stepOf(batch, 3)).containsExactly(whole, within(1e-5f)); // the last part is smaller
        assertThat(whole[0]).isNotZero();
    }

    /** The loss, then all weights after one step of a network without batch normalisation and dropout. */
    private float[] stepOf(HostBatch batch, int microBatch) throws IOException {
        try (NDManager own = manager.newSubManager()) {
            Block network = heads();
            TorchEngine.get().setRandomSeed(5);
            network.initialize(own, DataType.FLOAT32, new Shape(BATCH, 8, 8, 3));
            ParameterUpdate update =
                    new ParameterUpdate(TrainableParameter.of(network), new Sgd(0, 0, new OptimizerState(own)), 0, own);
            LearningRateSchedule schedule = new LearningRateSchedule(LearningRateSchedule.Kind.CONSTANT, 0.5, 1, 1);
            TrainStep step = new TrainStep(
                    network, new AttributeLoss(new SoftTargets(SCHEMA, 0.1)), update, schedule, FRAME, microBatch, 1);
            NDArray loss = own.create(0f);
            try (GradMode off = GradMode.off()) {
                assertThat(off).isNotNull();
                step.run(batch, 0, loss, own);
            }
            List<Float> values = new ArrayList<>(List.of(loss.getFloat()));
            network.getParameters().values().forEach(p -> {
                for (float value : p.getArray().toFloatArray()) {
                    values.add(value);
                }
            });
            float[] all = new float[values.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = values.get(i);
            }
            return all;
        }
    }

    private static HostBatch batchWithMissingLabels() {
        Blocks pictures = new Blocks();
        ByteBuffer pixels = ByteBuffer.allocateDirect(BATCH * FRAME.bytes());
        int[][] labels = new int[BATCH][];
        for (int i = 0; i < BATCH; i++) {
            byte[] one = new byte[FRAME.bytes()];
            pictures.readPixels(i, one);
            pixels.put(one);
            labels[i] = pictures.labels(i);
        }
        labels[1][0] = -1;
        labels[2][1] = -1;
        labels[3][1] = -1;
        return new HostBatch(pixels.flip(), labels);
    }

    @Test
    void withoutOptimizerStateAResumedRunWouldDiffer() throws IOException {
        Run unbroken = new Run();
        unbroken.train(new StopAfter(99));
        Run stopped = new Run();
        stopped.train(new StopAfter(7));
        Run resumed = stopped.copyThroughCheckpoint();
        resumed.forgetOptimizer();
        resumed.train(new StopAfter(99));

        assertThat(resumed.hash()).isNotEqualTo(unbroken.hash());
    }

    @Test
    void lossFalls() throws IOException {
        Run run = new Run();
        run.epochs = 12;
        run.train(new StopAfter(999));

        List<EpochMetrics> history = run.state.history();
        assertThat(history.get(11).trainLoss()).isLessThan(0.7 * history.get(0).trainLoss());
    }

    @Test
    void stepsLeaveNoArraysBehind() throws IOException {
        Run run = new Run();
        run.train(new StopAfter(5));
        int before = run.countArrays();
        run.train(new StopAfter(99));

        assertThat(run.countArrays()).isEqualTo(before);
    }

    @Test
    void stepsThatLearnAttributeWeightsLeaveNoArraysBehindEither() throws IOException {
        Run run = new Run().withEverything();
        run.train(new StopAfter(5));
        int before = run.countArrays();
        run.train(new StopAfter(99));

        assertThat(run.countArrays())
                .as("the second loop makes one sum of losses of its own")
                .isEqualTo(before + 1);
    }

    @Test
    void endsWhenNothingImproves() throws IOException {
        Run run = new Run();
        run.epochs = 50;
        run.patience = 2;

        assertThat(run.train(new StopAfter(9999))).isEqualTo(End.NO_PROGRESS);
        assertThat(run.state.epoch()).isEqualTo(3); // the constant score of this test is best in epoch 1
    }

    @Test
    void endsWhenTheTimeIsUpWithACheckpoint() throws IOException {
        Run run = new Run();
        run.maxTime = Duration.ofNanos(1);
        StopAfter listener = new StopAfter(9999);

        assertThat(run.train(listener)).isEqualTo(End.OUT_OF_TIME);
        assertThat(listener.checkpoints).isEqualTo(1);
        assertThat(run.state.step()).isEqualTo(1);
    }

    /** Asks to stop once so many steps are done; a checkpoint is due after every step. */
    private static final class StopAfter implements TrainingListener {
        private final StopRequest stop = new StopRequest();
        private final long steps;
        private int checkpoints;

        StopAfter(long steps) {
            this.steps = steps;
        }

        @Override
        public void checkpoint(TrainingState state) {
            checkpoints++;
            if (state.step() >= steps) {
                stop.request();
            }
        }
    }

    private final class Run {
        private final NDManager own = manager.newSubManager();
        private final Block network = network();
        private TrainingState state = new TrainingState();
        private OptimizerState optimizer = new OptimizerState(own);
        private @Nullable ParameterUpdate update;
        private int epochs = EPOCHS;
        private int patience;
        private @Nullable Duration maxTime;
        private EpochSampler sampler = EpochSampler.EVERY_PICTURE_ONCE;
        private int microBatch = BATCH;
        private double emaDecay;
        private boolean learnsWeights;
        private boolean plateau;

        Run onPlateau() {
            plateau = true;
            return this;
        }

        Run withEverything() {
            sampler = BalancedSampler.of(SCHEMA, new Blocks(), List.of("brightness", "tint"));
            microBatch = 4;
            emaDecay = 0.9;
            learnsWeights = true;
            return this;
        }

        String averageHash() throws IOException {
            try (GradMode off = GradMode.off();
                    ParameterUpdate.Averaged shown = update().averaged(state.step())) {
                assertThat(List.of(off, shown)).isNotEmpty();
                return hash();
            }
        }

        Run() {
            TorchEngine.get().setRandomSeed(5);
            network.initialize(own, DataType.FLOAT32, new Shape(BATCH, 8, 8, 3));
        }

        End train(StopAfter listener) throws IOException {
            Setup setup = new Setup(
                    new Blocks(),
                    sampler,
                    FRAME,
                    BATCH,
                    epochs,
                    11,
                    AugmentationPlan.mixed(List.of(new HorizontalFlip())),
                    readers,
                    Duration.ofNanos(1),
                    patience,
                    maxTime);
            LearningRates schedule = plateau
                    ? new ReduceOnPlateau(s -> 0.02, 0.5, 0, state::scores)
                    : new LearningRateSchedule(LearningRateSchedule.Kind.ONE_CYCLE, 0.02, epochs * 5L, 5);
            AttributeLoss loss = new AttributeLoss(new SoftTargets(SCHEMA, 0.1));
            TrainStep step = new TrainStep(network, loss, update(), schedule, FRAME, microBatch, 11)
                    .weighing(learnsWeights ? new UncertaintyWeights(2, optimizer, own) : null);
            return new TrainingLoop(setup, step, Run::constant, listener, listener.stop).run(state, own);
        }

        private ParameterUpdate update() {
            if (update == null) {
                update = new ParameterUpdate(TrainableParameter.of(network), new AdamW(0.01, optimizer), 1, own)
                        .averaging(emaDecay, TrainableParameter.statistics(network, path -> false), own);
            }
            return update;
        }

        private static EpochMetrics constant(TrainingLoop.Trained t) {
            return new EpochMetrics(
                    t.epoch(), t.step(), t.learningRate(), t.loss(), 0, t.seconds(), t.imagesPerSecond(), List.of());
        }

        Run copyThroughCheckpoint() {
            Run copy = new Run();
            for (Pair<String, Parameter> pair : network.getParameters()) {
                NDArray from = pair.getValue().getArray();
                NDArray to = copy.network.getParameters().get(pair.getKey()).getArray();
                to.set(FloatBuffer.wrap(from.toFloatArray()));
            }
            optimizer.forEach((name, tensor) -> copy.optimizer.restore(name, tensor.duplicate()));
            String text = Json.write(state.toJson());
            copy.state = TrainingState.fromJson(Json.parseObject(text, "state"));
            return copy;
        }

        void forgetOptimizer() {
            optimizer = new OptimizerState(own);
        }

        int countArrays() {
            return own.getManagedArrays().size();
        }

        String hash() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                for (Pair<String, Parameter> pair : network.getParameters()) {
                    for (float value : pair.getValue().getArray().toFloatArray()) {
                        out.writeFloat(value);
                    }
                }
            }
            return Sha256.of(bytes.toByteArray());
        }
    }

    private static Block heads() {
        return new SequentialBlock()
                .add(LambdaBlock.singleton(x -> x.toType(DataType.FLOAT32, true)
                        .div(255)
                        .mean(new int[] {2})
                        .mean(new int[] {1})))
                .add(linearHeads());
    }

    private static Block linearHeads() {
        ParallelBlock heads = new ParallelBlock(outputs -> {
            NDList all = new NDList();
            outputs.forEach(all::addAll);
            return all;
        });
        heads.add(Linear.builder().setUnits(2).build());
        heads.add(Linear.builder().setUnits(3).build());
        return heads;
    }

    private static Block network() {
        return new SequentialBlock()
                .add(LambdaBlock.singleton(x ->
                        x.transpose(0, 3, 1, 2).toType(DataType.FLOAT32, true).div(255)))
                .add(Conv2d.builder()
                        .setFilters(6)
                        .setKernelShape(new Shape(3, 3))
                        .build())
                .add(BatchNorm.builder().build())
                .add(LambdaBlock.singleton(x -> x.getNDArrayInternal().relu()))
                .add(LambdaBlock.singleton(x -> x.mean(new int[] {3}).mean(new int[] {2})))
                .add(Dropout.builder().optRate(0.3f).build())
                .add(linearHeads());
    }

    /** Noise around a grey level and a tint; the labels say which. */
    private static final class Blocks implements Pictures {
        @Override
        public int size() {
            return PICTURES;
        }

        @Override
        public int[] labels(int index) {
            return new int[] {index % 2, index % 7 == 0 ? -1 : index % 3};
        }

        @Override
        public void readPixels(int index, byte[] pixelsHwc) {
            SplittableRandom random = Seeds.random(3, index);
            for (int i = 0; i < pixelsHwc.length; i++) {
                int level = 60 + index % 2 * 90 + (i % 3 == index % 3 ? 40 : 0);
                pixelsHwc[i] = (byte) (level + random.nextInt(40));
            }
        }
    }
}
