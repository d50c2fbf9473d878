package ai.facet.blocks;

import ai.djl.ndarray.NDManager;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.description.ModelDescription;
import java.io.IOException;
import java.nio.file.Path;

/** Rebuilds the network of a checkpoint. */
public final class NetworkLoader {
    private NetworkLoader() {}

    /**
     * The network with its weights.
     *
     * @param manager owns the parameters; its device is the network's
     * @throws IllegalArgumentException if the weights do not fit the description's network
     */
    public static AttributeNetwork load(Checkpoint checkpoint, NDManager manager) {
        ModelDescription description = checkpoint.description();
        AttributeNetwork network =
                new AttributeNetwork(description.network(), description.schema(), description.preprocessing());
        network.initialize(manager);
        NetworkWeights.load(network, checkpoint.weights());
        return network;
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
