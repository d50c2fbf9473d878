package ai.facet.blocks;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import ai.facet.description.ModelDescription;
import ai.facet.network.NetworkSummary;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rebuilds the network of a checkpoint. */
public final class NetworkLoader {
    /** How tensors of {@code facet train --ema} begin. */
    private static final String AVERAGED = "optimizer/average/";

    private NetworkLoader() {}

    /**
     * The network with its weights, of stages or Java code.
     *
     * @param manager owns the parameters; its device is the network's
     * @throws IllegalArgumentException if the weights do not fit the description's network, or its class is not there
     */
    public static Block loadBlock(Checkpoint checkpoint, NDManager manager) {
        requireMeasured(checkpoint);
        ModelDescription description = checkpoint.description();
        if (description.network().factory() == null) {
            return load(checkpoint, manager);
        }
        Block network = NetworkBlocks.create(description.network(), description.schema(), description.preprocessing());
        NetworkBlocks.initialize(network, manager, description.preprocessing());
        NetworkWeights.load(network, checkpoint.weights());
        return network;
    }

    /**
     * The network of stages with its weights.
     *
     * @param manager owns the parameters; its device is the network's
     * @throws IllegalArgumentException if the network is Java code, or the weights do not fit it
     */
    public static AttributeNetwork load(Checkpoint checkpoint, NDManager manager) {
        ModelDescription description = checkpoint.description();
        AttributeNetwork network =
                new AttributeNetwork(description.network(), description.schema(), description.preprocessing());
        requireEnough(description, checkpoint.weights());
        network.initialize(manager);
        NetworkWeights.load(network, checkpoint.weights());
        return network;
    }

    /** With averaged weights, only the averages are measured and kept; beside them lie weights on their way. */
    private static void requireMeasured(Checkpoint checkpoint) {
        if (checkpoint.tensors().keySet().stream().anyMatch(name -> name.startsWith(AVERAGED))) {
            throw new IllegalArgumentException("it holds the weights in training of a run that keeps their averages"
                    + " (--ema); expected the run's best.safetensors");
        }
    }

    /** Before anything of the network's size is allocated: the description may come from anywhere. */
    private static void requireEnough(ModelDescription description, Map<String, Tensor> weights) {
        Preprocessing input = description.preprocessing();
        List<Integer> classes = description.schema().attributes().stream()
                .map(Attribute::classCount)
                .toList();
        long wanted = NetworkSummary.of(description.network(), input.heightPx(), input.widthPx(), classes)
                .parameters();
        long found = weights.values().stream()
                .mapToLong(t -> t.shape().stream().reduce(1L, Math::multiplyExact))
                .sum();
        if (found < wanted) {
            throw new IllegalArgumentException("the weights belong to another network: " + found
                    + " numbers are stored, expected at least " + wanted);
        }
    }

    /** Reads a checkpoint file and rebuilds its network. */
    public static AttributeNetwork load(Path file, NDManager manager) throws IOException {
        try {
            return load(Checkpoint.read(file), manager);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
