package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;

/**
 * Trained parameters and running statistics of a copy of the network, on a device of its own or on the same. The copy
 * gives its gradients to the network and takes the network's values after each step, each as one long array. Engine thread
 * only, while no thread computes with the copy; gradients switched off.
 */
public final class Mirror {
    private static final NDIndex EVERYTHING = new NDIndex("...");

    private final FlatParameters parameters;
    private final FlatParameters statistics;
    private final NDManager manager;

    /**
     * A copy that holds the network's values already.
     *
     * @param parameters as many and as long as the network's, in its order; so are the statistics
     * @param manager owns the long arrays, on the copy's device
     */
    public Mirror(List<TrainableParameter> parameters, List<TrainableParameter> statistics, NDManager manager) {
        this.parameters = FlatParameters.of(parameters, manager);
        this.statistics = FlatParameters.of(statistics, manager);
        this.manager = manager;
    }

    /** @param sum changed in place; the copy has no gradients afterwards */
    void addGradientsTo(NDArray sum) {
        try (NDManager temporary = manager.newSubManager()) {
            addTo(sum, parameters.takeGradients(temporary));
        }
    }

    /**
     * Puts the mean over the network and its copies into the network, so that the pictures of all devices count.
     *
     * @param own the network's statistics; changed in place
     */
    static void meanOfStatistics(FlatParameters own, List<Mirror> mirrors) {
        for (Mirror mirror : mirrors) {
            addTo(own.weights(), mirror.statistics.weights());
        }
        own.weights().divi(mirrors.size() + 1);
    }

    /** Takes over the network's values. */
    void follow(FlatParameters ownParameters, FlatParameters ownStatistics) {
        copy(ownParameters.weights(), parameters.weights());
        copy(ownStatistics.weights(), statistics.weights());
    }

    private static void addTo(NDArray sum, NDArray values) {
        try (NDArray moved = values.toDevice(sum.getDevice(), true)) {
            sum.addi(moved);
        }
    }

    private static void copy(NDArray from, NDArray to) {
        try (NDArray moved = from.toDevice(to.getDevice(), true)) {
            to.set(EVERYTHING, moved);
        }
    }
}
