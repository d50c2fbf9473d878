package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import ai.facet.network.MapPlace;

/**
 * A network in two halves, so that the maps between them can be looked at and derived by: {@link #shared}, then
 * {@link #maps} and {@link #logits} for each attribute, give the logits of the whole network. Always inference: running
 * statistics in batch normalisation, no dropout.
 *
 * <p>The arrays that it returns belong to the manager of its input and share nothing with each other. Engine thread only.
 */
public final class OpenedNetwork {
    private final AttributeNetwork network;
    private final MapPlace place;

    public OpenedNetwork(AttributeNetwork network, MapPlace place) {
        this.network = network;
        this.place = place;
    }

    /** What all attributes have in common: uint8 {@code [N, H, W, 3] -> [N, C, h, w]}. */
    public NDArray shared(ParameterStore store, NDArray images) {
        try (NDList normalized = network.normalization().forward(store, new NDList(images), false)) {
            return network.base()
                    .stages()
                    .infer(store, normalized, 0, place.stages())
                    .singletonOrThrow();
        }
    }

    /** The maps at the place, as an array of their own: {@code [N, C, h, w] -> [N, C', h', w']}. */
    public NDArray maps(ParameterStore store, NDArray shared, int attribute) {
        LabelTower tower = network.tower(attribute);
        if (!place.inTowers() || tower.linksOfMaps() == 0) {
            return shared.duplicate();
        }
        return tower.layers()
                .infer(store, new NDList(shared), 0, tower.linksOfMaps())
                .singletonOrThrow();
    }

    /** The rest of the network: {@code [N, C', h', w'] -> [N, classes]}. */
    public NDArray logits(ParameterStore store, NDArray maps, int attribute) {
        LabelTower tower = network.tower(attribute);
        Chain stages = network.base().stages();
        NDList features = stages.infer(store, new NDList(maps), place.stages(), stages.size());
        int from = place.inTowers() ? tower.linksOfMaps() : 0;
        NDArray logits = tower.layers()
                .infer(store, features, from, tower.layers().size())
                .singletonOrThrow(); // [N, classes, 1, 1]
        return logits.reshape(-1, network.schema().attributes().get(attribute).classCount());
    }
}
