package ai.facet.train.bench;

import ai.facet.checkpoint.Checkpoint;
import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.network.LayerSpec;
import ai.facet.network.NetworkSpec;
import ai.facet.network.StageSpec;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.input.HostBatch;
import ai.facet.train.input.Seeds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What every contender computes: one network, one batch of noise, one update rule. The loss is the sum over eight
 * attributes of softmax cross-entropy.
 *
 * @param batchSize pictures of a step
 */
record Workload(NetworkSpec network, int sizePx, int batchSize, OptimizerConfig optimizer, long seed) {
    private static final List<Integer> CLASSES =
            List.of(2, 3, 4, 4, 4, 4, 5, 3); // like the eight attributes of persons

    AttributeSchema schema() {
        return new AttributeSchema(
                IntStream.range(0, CLASSES.size()).mapToObj(Workload::attribute).toList());
    }

    private static Attribute attribute(int index) {
        List<String> classes = IntStream.range(0, CLASSES.get(index))
                .mapToObj(c -> "class " + c)
                .toList();
        return new Attribute("attribute" + index, "attribute " + index, classes);
    }

    Preprocessing preprocessing() {
        return Preprocessing.square(sizePx);
    }

    ModelDescription description() {
        AttributeSchema schema = schema();
        return new ModelDescription(
                network.name(),
                schema,
                preprocessing(),
                network,
                schema.attributes().stream().map(a -> Calibration.NONE).toList(),
                Map.of(),
                "not stated");
    }

    /** The batch; each call makes the same. */
    HostBatch batch() {
        SplittableRandom random = Seeds.random(seed, batchSize, sizePx);
        byte[] noise = new byte[batchSize * preprocessing().imageBytes()];
        random.nextBytes(noise);
        int[][] labels = new int[batchSize][CLASSES.size()];
        for (int[] row : labels) {
            for (int a = 0; a < row.length; a++) {
                row[a] = random.nextInt(CLASSES.get(a));
            }
        }
        ByteBuffer pixels = ByteBuffer.allocateDirect(noise.length).put(noise).flip();
        return new HostBatch(pixels, labels);
    }

    /** The same without dropout: engines draw different random numbers. */
    Workload withoutDropout() {
        List<StageSpec> base = network.base().stream()
                .map(stage -> new StageSpec(stage.name(), withoutDropout(stage.layers())))
                .toList();
        NetworkSpec same = new NetworkSpec(network.name(), base, withoutDropout(network.tower()));
        return new Workload(same, sizePx, batchSize, optimizer, seed);
    }

    private static List<LayerSpec> withoutDropout(List<LayerSpec> layers) {
        return layers.stream()
                .map(layer -> layer instanceof LayerSpec.Dropout ? new LayerSpec.Dropout(0) : layer)
                .toList();
    }

    /** The first weights as a checkpoint, for contenders in other processes. */
    Checkpoint checkpoint(List<ai.facet.checkpoint.Tensor> weights) {
        return Checkpoint.of(description(), null, weights);
    }
}
