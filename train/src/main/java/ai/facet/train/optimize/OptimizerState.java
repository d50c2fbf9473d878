package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an update rule remembers, as float32 tensors named {@code <kind>/<parameter path>}. The names go into the
 * checkpoint, so a stored run goes on as if it had never stopped. Engine thread only.
 */
public final class OptimizerState {
    private final NDManager manager;
    private final Map<String, NDArray> tensors = new TreeMap<>();

    /**
     * An empty state.
     *
     * @param manager owns the tensors
     */
    public OptimizerState(NDManager manager) {
        this.manager = manager;
    }

    /** The tensor of a parameter, zeros when it is asked for the first time. */
    NDArray of(String kind, TrainableParameter parameter) {
        return tensors.computeIfAbsent(
                kind + "/" + parameter.path(),
                name -> manager.zeros(parameter.weights().getShape()));
    }

    /** Puts back a stored tensor; the state takes it over. */
    public void restore(String name, NDArray tensor) {
        tensor.attach(manager);
        NDArray old = tensors.put(name, tensor);
        if (old != null) {
            old.close();
        }
    }

    /** All tensors by name, in alphabetical order. */
    public Map<String, NDArray> tensors() {
        return Collections.unmodifiableMap(tensors);
    }
}
