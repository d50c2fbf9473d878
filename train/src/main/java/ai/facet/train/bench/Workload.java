package ai.facet.train.bench;

import ai.facet.bench.BenchModel;
import ai.facet.checkpoint.Checkpoint;
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
import java.util.SplittableRandom;

/**
 * What every contender computes: one network, one batch of noise, one update rule. The loss is the sum over eight
 * attributes of softmax cross-entropy.
 *
 * @param batchSize pictures of a step
 */
record Workload(NetworkSpec network, int sizePx, int batchSize, OptimizerConfig optimizer, long seed) {
    AttributeSchema schema() {
        return BenchModel.schema();
    }

    Preprocessing preprocessing() {
        return Preprocessing.square(sizePx);
    }

    ModelDescription description() {
        return BenchModel.description(network, sizePx);
    }

    /** The batch; each call makes the same. */
    HostBatch batch() {
        SplittableRandom random = Seeds.random(seed, batchSize, sizePx);
        byte[] noise = new byte[batchSize * preprocessing().imageBytes()];
        random.nextBytes(noise);
        List<Attribute> attributes = schema().attributes();
        int[][] labels = new int[batchSize][attributes.size()];
        for (int[] row : labels) {
            for (int a = 0; a < row.length; a++) {
                row[a] = random.nextInt(attributes.get(a).classCount());
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
