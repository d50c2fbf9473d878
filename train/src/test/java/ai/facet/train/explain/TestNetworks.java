package ai.facet.train.explain;

import ai.djl.ndarray.NDManager;
import ai.facet.blocks.AttributeNetwork;
import ai.facet.blocks.NetworkBlocks;
import ai.facet.blocks.NetworkWeights;
import ai.facet.checkpoint.Checkpoint;
import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.TorchEngine;
import java.util.Collections;
import java.util.Map;

/** Networks with random weights and batch normalisation that has seen something. */
final class TestNetworks {
    static final int SIDE_PX = 64;

    private TestNetworks() {}

    static ModelDescription description(NetworkSpec network, AttributeSchema schema) {
        return new ModelDescription(
                "test",
                schema,
                Preprocessing.square(SIDE_PX),
                network,
                Collections.nCopies(schema.size(), Calibration.NONE),
                Map.of(),
                "none");
    }

    static AttributeNetwork network(String preset, AttributeSchema schema, NDManager manager) {
        TorchEngine.get().setRandomSeed(5);
        AttributeNetwork network = new AttributeNetwork(Presets.byName(preset), schema, Preprocessing.square(SIDE_PX));
        network.initialize(manager);
        return network;
    }

    static Checkpoint checkpoint(NetworkSpec spec, AttributeSchema schema, NDManager manager) {
        TorchEngine.get().setRandomSeed(5);
        var block = NetworkBlocks.create(spec, schema, Preprocessing.square(SIDE_PX));
        NetworkBlocks.initialize(block, manager, Preprocessing.square(SIDE_PX));
        return Checkpoint.of(description(spec, schema), null, NetworkWeights.copy(block, Checkpoint.WEIGHTS));
    }
}
