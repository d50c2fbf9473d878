package ai.facet.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.facet.blocks.NetworkWeights;
import ai.facet.checkpoint.Tensor;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.TorchEngine;
import ai.facet.train.input.BatchFeeder.Frame;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.Seeds;
import ai.facet.train.optimize.AdamW;
import ai.facet.train.optimize.GradMode;
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.optimize.Mirror;
import ai.facet.train.optimize.OptimizerState;
import ai.facet.train.optimize.ParameterUpdate;
import ai.facet.train.optimize.TrainableParameter;
import ai.facet.train.optimize.UncertaintyWeights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several replicas on the CPU stand for several devices. */
class SeveralDevicesTest {
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            Attribute.ofTitle("brightness", List.of("dark", "bright")),
            Attribute.ofTitle("tint", List.of("red", "green", "blue"))));
    private static final Frame FRAME = new Frame(8, 8);
    private static final int BATCH = 8;
    private static final double RELATIVE = 1e-6; // of the largest number of an array
    private static final double TINY_NORM = 0.01; // so that clipping acts in each step

    private NDManager manager;

    @BeforeEach
    void openManager() {
        TorchEngine.start(2);
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Without batch normalisation and dropout it does not matter who computes with which picture. */
    @ParameterizedTest
    @CsvSource({"2, 8", "3, 8", "5, 8", "2, 2", "3, 2"})
    void aSharedBatchIsTheSameStep(int devices, int microBatch) {
        List<HostBatch> batches = batchesWithMissingLabels(3);
        try (Trainer alone = new Trainer(SeveralDevicesTest::plain, 1, BATCH);
                Trainer shared = new Trainer(SeveralDevicesTest::plain, devices, microBatch)) {
            Map<String, float[]> before = shared.weights(0);
            alone.train(batches);
            shared.train(batches);

            assertThat(shared.loss()).isPositive().isEqualTo(alone.loss(), within(1e-6f * alone.loss()));
            assertThat(shared.learned.factors()).isNotEqualTo(List.of(1.0, 1.0));
            assertClose(shared.learnedFactors(), alone.learnedFactors());
            assertClose(shared.weights(0), alone.weights(0));
            before.forEach((path, values) ->
                    assertThat(alone.weights(0).get(path)).as(path).isNotEqualTo(values));
        }
    }

    @Test
    void withBatchNormalisationItIsTheStepOfPartsOnOneDeviceToTheBit() {
        List<HostBatch> batches = batchesWithMissingLabels(3);
        try (Trainer parts = new Trainer(SeveralDevicesTest::normalised, 1, BATCH / 2);
                Trainer shared = new Trainer(SeveralDevicesTest::normalised, 2, BATCH)) {
            parts.train(batches);
            shared.train(batches);

            assertThat(shared.loss()).isEqualTo(parts.loss());
            assertThat(shared.learned.factors()).isEqualTo(parts.learned.factors());
            Map<String, float[]> trained = parts.weights(0);
            trained.keySet().removeAll(statistics(trained));
            assertSame(shared.weights(0), trained);
        }
    }

    @Test
    void runningStatisticsAreTheMeanOverTheDevices() {
        HostBatch batch = batchesWithMissingLabels(1).get(0);
        List<Map<String, float[]>> apart = new ArrayList<>();
        for (BatchPart part : BatchPart.of(BATCH, 2, BATCH)) {
            try (Trainer alone = new Trainer(SeveralDevicesTest::normalised, 1, BATCH)) {
                alone.train(List.of(batch.part(part.from(), part.to(), FRAME.bytes())));
                apart.add(alone.weights(0));
            }
        }
        try (Trainer shared = new Trainer(SeveralDevicesTest::normalised, 2, BATCH)) {
            shared.train(List.of(batch));

            for (String path : statistics(apart.get(0))) {
                float[] first = values(apart.get(0), path);
                float[] second = values(apart.get(1), path);
                assertThat(first).isNotEqualTo(second);
                float[] mean = new float[first.length];
                for (int i = 0; i < mean.length; i++) {
                    mean[i] = (first[i] + second[i]) / 2;
                }
                assertClose(values(shared.weights(0), path), mean);
            }
        }
    }

    /** After one step the average, corrected for its beginning, is the network itself: with the mean of statistics. */
    @Test
    void averagesFollowTheMeanOfStatistics() {
        try (Trainer shared = new Trainer(SeveralDevicesTest::normalised, 2, BATCH)) {
            shared.train(batchesWithMissingLabels(1));
            assertClose(shared.averagedWeights(), shared.weights(0));
        }
    }

    @Test
    void everyReplicaHoldsTheNetworksValuesAfterEachStep() {
        try (Trainer shared = new Trainer(SeveralDevicesTest::normalised, 3, BATCH)) {
            for (HostBatch batch : batchesWithMissingLabels(3)) {
                shared.train(List.of(batch));

                assertSame(shared.weights(1), shared.weights(0));
                assertSame(shared.weights(2), shared.weights(0));
            }
        }
    }

    /** As GPUs compute: each on a thread of its own, however these take turns. */
    @Test
    void threadsOfTheirOwnGiveTheSameBits() {
        List<HostBatch> batches = batchesWithMissingLabels(40);
        try (Trainer together = new Trainer(SeveralDevicesTest::normalisedWithoutDropout, 3, 2);
                Trainer apart = new Trainer(SeveralDevicesTest::normalisedWithoutDropout, 3, 2, Trainer::onThreads)) {
            together.train(batches);
            apart.train(batches);

            assertThat(apart.loss()).isEqualTo(together.loss());
            assertSame(apart.weights(0), together.weights(0));
        }
    }

    @Test
    void replicasOnOneDeviceDropFeaturesInTheSameWayEachTime() {
        List<HostBatch> batches = batchesWithMissingLabels(5);
        try (Trainer first = new Trainer(SeveralDevicesTest::normalised, 3, 2);
                Trainer second = new Trainer(SeveralDevicesTest::normalised, 3, 2);
                Trainer without = new Trainer(SeveralDevicesTest::normalisedWithoutDropout, 3, 2)) {
            first.train(batches);
            second.train(batches);
            without.train(batches);

            assertThat(second.loss()).isEqualTo(first.loss()).isNotEqualTo(without.loss());
            assertSame(second.weights(0), first.weights(0));
        }
    }

    @Test
    void aBatchMayHaveFewerPicturesThanDevices() {
        HostBatch two = batchesWithMissingLabels(1).get(0).part(0, 2, FRAME.bytes());
        try (Trainer alone = new Trainer(SeveralDevicesTest::plain, 1, BATCH);
                Trainer shared = new Trainer(SeveralDevicesTest::plain, 3, BATCH)) {
            alone.train(List.of(two, two));
            shared.train(List.of(two, two));

            assertClose(shared.weights(0), alone.weights(0));
        }
    }

    @Test
    void stepsLeaveNoArraysBehind() {
        List<HostBatch> batches = batchesWithMissingLabels(2);
        try (Trainer shared = new Trainer(SeveralDevicesTest::normalised, 3, 2, Trainer::onThreads)) {
            shared.train(batches);
            int before = shared.own.getManagedArrays().size();
            shared.train(batches);

            assertThat(shared.own.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void tellsWhatFailsOnAnotherThread() {
        try (Trainer shared = new Trainer(() -> failsIn("facet-device"), 2, BATCH, Trainer::onThreads)) {
            assertThatThrownBy(() -> shared.train(batchesWithMissingLabels(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no memory on facet-device");
        }
    }

    private static List<String> statistics(Map<String, float[]> weights) {
        List<String> paths = weights.keySet().stream()
                .filter(path -> path.contains("running"))
                .toList();
        assertThat(paths).hasSize(2);
        return paths;
    }

    private static float[] values(Map<String, float[]> weights, String path) {
        return Objects.requireNonNull(weights.get(path), path);
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
        expected.forEach(
                (path, values) -> assertThat(values(actual, path)).as(path).isEqualTo(values));
    }

    private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
        expected.forEach((path, values) -> assertClose(values(actual, path), values));
    }

    private static void assertClose(float[] actual, float[] expected) {
        double largest = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(expected[i]))
                .max()
                .orElseThrow();
        assertThat(actual).containsExactly(expected, within((float) (RELATIVE * largest)));
    }

    /** Networks that share their batches, with all that a run may have: clipping, averages, learned attribute weights. */
    private final class Trainer implements AutoCloseable {
        private final NDManager own = manager.newSubManager();
        private final List<Block> networks = new ArrayList<>();
        private final OptimizerState state = new OptimizerState(own);
        private final UncertaintyWeights learned = new UncertaintyWeights(SCHEMA.size(), state, own);
        private final NDArray lossSum = own.create(0f);
        private final Replicas replicas;
        private final ParameterUpdate update;
        private final TrainStep step;
        private long steps;

        Trainer(Supplier<Block> network, int devices, int microBatch) {
            this(network, devices, microBatch, Replicas::of);
        }

        Trainer(Supplier<Block> network, int devices, int microBatch, Function<List<Replica>, Replicas> sharing) {
            for (int i = 0; i < devices; i++) {
                networks.add(network.get());
                TorchEngine.get().setRandomSeed(5);
                networks.get(i).initialize(own, DataType.FLOAT32, new Shape(BATCH, 8, 8, 3));
            }
            List<TrainableParameter> moving = moving(networks.get(0));
            update = new ParameterUpdate(TrainableParameter.of(networks.get(0)), new AdamW(0.01, state), TINY_NORM, own)
                    .averaging(0.9, moving, own)
                    .mirrored(networks.stream().skip(1).map(this::mirror).toList(), moving, own);
            AttributeLoss loss = new AttributeLoss(new SoftTargets(SCHEMA, 0.1));
            replicas = sharing.apply(
                    networks.stream().map(n -> new Replica(n, loss, FRAME)).toList());
            LearningRateSchedule schedule = new LearningRateSchedule(LearningRateSchedule.Kind.CONSTANT, 0.02, 99, 9);
            step = new TrainStep(replicas, update, schedule, FRAME, microBatch, 11).weighing(learned);
        }

        static Replicas onThreads(List<Replica> replicas) {
            return Replicas.of(replicas, replica -> replica);
        }

        private Mirror mirror(Block copy) {
            return new Mirror(TrainableParameter.of(copy), moving(copy), own);
        }

        private static List<TrainableParameter> moving(Block network) {
            return TrainableParameter.statistics(network, path -> false);
        }

        void train(List<HostBatch> batches) {
            try (GradMode off = GradMode.off()) {
                assertThat(off).isNotNull();
                for (HostBatch batch : batches) {
                    try (NDManager batchManager = own.newSubManager()) {
                        step.run(batch, steps++, lossSum, batchManager);
                    }
                }
            }
        }

        float loss() {
            return lossSum.getFloat();
        }

        float[] learnedFactors() {
            float[] factors = new float[SCHEMA.size()];
            for (int a = 0; a < factors.length; a++) {
                factors[a] = learned.factors().get(a).floatValue();
            }
            return factors;
        }

        Map<String, float[]> weights(int replica) {
            return NetworkWeights.copy(networks.get(replica), "").stream()
                    .collect(Collectors.toMap(Tensor::name, Tensor::toFloats));
        }

        Map<String, float[]> averagedWeights() {
            try (GradMode off = GradMode.off();
                    ParameterUpdate.Averaged shown = update.averaged(steps)) {
                assertThat(List.of(off, shown)).isNotEmpty();
                return weights(0);
            }
        }

        @Override
        public void close() {
            replicas.close();
            own.close();
        }
    }

    /** The second half has no label of the first attribute at all, and only some of the other. */
    private static List<HostBatch> batchesWithMissingLabels(int count) {
        SplittableRandom random = Seeds.random(3, count);
        List<HostBatch> batches = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            ByteBuffer pixels = ByteBuffer.allocateDirect(BATCH * FRAME.bytes());
            int[][] labels = new int[BATCH][];
            for (int i = 0; i < BATCH; i++) {
                labels[i] = new int[] {i < BATCH / 2 ? i % 2 : -1, i % 4 == 1 ? -1 : (b + i) % 3};
                int level = 40 + i % 2 * 60 + i * 8;
                for (int p = 0; p < FRAME.bytes(); p++) {
                    pixels.put((byte) (level + (p % 3 == labels[i][1] ? 40 : 0) + random.nextInt(30)));
                }
            }
            batches.add(new HostBatch(pixels.flip(), labels));
        }
        return batches;
    }

    private static Block plain() {
        return network(null, 0);
    }

    private static Block normalised() {
        return network(BatchNorm.builder().build(), 0.3f);
    }

    private static Block normalisedWithoutDropout() {
        return network(BatchNorm.builder().build(), 0);
    }

    private static Block failsIn(String thread) {
        return network(
                LambdaBlock.singleton(x -> {
                    if (Thread.currentThread().getName().startsWith(thread)) {
                        throw new IllegalStateException("no memory on " + thread);
                    }
                    return x;
                }),
                0);
    }

    private static Block network(@Nullable Block second, float dropout) {
        SequentialBlock network = new SequentialBlock()
                .add(LambdaBlock.singleton(x ->
                        x.transpose(0, 3, 1, 2).toType(DataType.FLOAT32, true).div(255)))
                .add(Conv2d.builder()
                        .setFilters(6)
                        .setKernelShape(new Shape(3, 3))
                        .build());
        if (second != null) {
            network.add(second);
        }
        network.add(LambdaBlock.singleton(
                x -> x.getNDArrayInternal().relu().mean(new int[] {3}).mean(new int[] {2})));
        if (dropout > 0) {
            network.add(Dropout.builder().optRate(dropout).build());
        }
        ParallelBlock heads = new ParallelBlock(outputs -> {
            NDList all = new NDList();
            outputs.forEach(all::addAll);
            return all;
        });
        heads.add(Linear.builder().setUnits(2).build());
        heads.add(Linear.builder().setUnits(3).build());
        return network.add(heads);
    }
}
