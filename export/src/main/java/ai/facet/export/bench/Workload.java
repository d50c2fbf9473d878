package ai.facet.export.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.facet.blocks.NetworkBlocks;
import ai.facet.description.ModelDescription;
import ai.facet.export.parity.ImageBatch;
import java.util.List;
import java.util.Random;

/**
 * What every contender computes: one network with random weights, one batch of noise.
 *
 * @param batchSize pictures of a run
 * @param threads of a run
 */
record Workload(ModelDescription description, int batchSize, int threads) {
    private static final int SEED = 1;

    String name() {
        return description.name();
    }

    /** The network; each call makes the same. */
    Block network(NDManager manager) {
        Block network = NetworkBlocks.create(description.network(), description.schema(), description.preprocessing());
        Engine.getEngine("PyTorch").setRandomSeed(SEED);
        NetworkBlocks.initialize(network, manager, description.preprocessing());
        return network;
    }

    /** The batch; each call makes the same. */
    ImageBatch batch() {
        return noise(SEED, batchSize);
    }

    /** Pictures to calibrate int8 with: others than the batch. */
    List<byte[]> calibration() {
        return List.of(
                noise(SEED + 1, 1).bytes(),
                noise(SEED + 2, 1).bytes(),
                noise(SEED + 3, 1).bytes());
    }

    private ImageBatch noise(int seed, int pictures) {
        return ImageBatch.random(
                new Random(seed),
                DataType.UINT8,
                pictures,
                List.of(
                        (long) description.preprocessing().heightPx(),
                        (long) description.preprocessing().widthPx(),
                        3L));
    }
}
