package ai.facet.train.explain;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.facet.blocks.AttributeNetwork;
import ai.facet.blocks.NetworkLoader;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.network.MapPlace;
import ai.facet.train.config.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;

/** A checkpoint's network on its device. Engine thread only. */
final class ExplainedNetwork implements AutoCloseable {
    private final ModelDescription description;
    private final Block block;
    private final NDManager manager;

    private ExplainedNetwork(ModelDescription description, Block block, NDManager manager) {
        this.description = description;
        this.block = block;
        this.manager = manager;
    }

    /**
     * Loads a checkpoint.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
     */
    static ExplainedNetwork open(Path file, String device, int threads) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(file);
        Device chosen = ComputeDevice.choose(device, threads);
        NDManager manager = NDManager.newBaseManager(chosen, "PyTorch");
        try {
            return new ExplainedNetwork(
                    checkpoint.description(), NetworkLoader.loadBlock(checkpoint, manager), manager);
        } catch (IllegalArgumentException e) {
            manager.close();
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    ModelDescription description() {
        return description;
    }

    /** Any network, also one that is Java code. */
    Block block() {
        return block;
    }

    /**
     * The network of stages.
     *
     * @throws UserException (exit 2) if it is Java code
     */
    AttributeNetwork ofStages() {
        if (block instanceof AttributeNetwork network) {
            return network;
        }
        throw UserException.badArguments(
                "network " + description.network().name() + " is Java code ("
                        + description.network().factory()
                        + "): facet explain cannot see where its features end and its answers"
                        + " begin. Only --filters works for it; heat and feature maps need a network of stages, see facet networks");
    }

    /**
     * A place of the network.
     *
     * @throws UserException (exit 2) naming the places there are
     */
    MapPlace place(String option, String name) {
        ofStages();
        try {
            return MapPlace.of(description.network(), name);
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(option + ": " + e.getMessage());
        }
    }

    NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
