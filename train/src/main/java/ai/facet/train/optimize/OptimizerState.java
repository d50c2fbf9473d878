package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What an update rule remembers: float32 arrays in the layout of {@link FlatParameters}, by kind. Outside it is known as
 * tensors named {@code <kind>/<parameter path>}, which go into the checkpoint, so a stored run goes on as if it had never
 * stopped. Engine thread only, gradients switched off.
 */
public final class OptimizerState {
    private static final NDIndex EVERYTHING = new NDIndex("...");

    private final NDManager manager;
    private final Map<String, Kept> byKind = new TreeMap<>();
    /** Restored before the layout is known. */
    private final Map<String, NDArray> restored = new TreeMap<>();

    /** Arrays that belong to no parameter, by name. */
    private final Map<String, NDArray> loose = new TreeMap<>();

    private record Kept(NDArray array, FlatParameters layout) {}

    /**
     * An empty state.
     *
     * @param manager owns the arrays
     */
    public OptimizerState(NDManager manager) {
        this.manager = manager;
    }

    /** The array of a kind; zeros when it is asked for the first time, unless it was restored. */
    NDArray of(String kind, FlatParameters parameters) {
        Kept kept = byKind.get(kind);
        if (kept == null) {
            NDArray array = manager.zeros(parameters.weights().getShape());
            for (int i = 0; i < parameters.parameters().size(); i++) {
                fill(array, parameters, i, kind);
            }
            kept = new Kept(array, parameters);
            byKind.put(kind, kept);
        }
        return kept.array;
    }

    /** An array of its own, known outside by its name; zeros when asked for the first time, unless it was restored. */
    NDArray of(String name, Shape shape) {
        return loose.computeIfAbsent(name, n -> {
            NDArray stored = restored.remove(n);
            return stored != null ? stored : manager.zeros(shape);
        });
    }

    private void fill(NDArray array, FlatParameters parameters, int index, String kind) {
        NDArray stored = restored.remove(name(kind, parameters, index));
        if (stored != null) {
            try (NDArray part = parameters.part(array, index)) {
                part.set(EVERYTHING, stored);
            }
            stored.close();
        }
    }

    /** Puts back a stored tensor, before the first update; the state takes it over. */
    public void restore(String name, NDArray tensor) {
        tensor.attach(manager);
        NDArray old = restored.put(name, tensor);
        if (old != null) {
            old.close();
        }
    }

    /** Shows all tensors in alphabetical order, whether they were restored or computed; each is only lent. */
    public void forEach(BiConsumer<String, NDArray> action) {
        restored.forEach(action);
        loose.forEach(action);
        byKind.forEach((kind, kept) -> {
            FlatParameters parameters = kept.layout;
            Map<String, Integer> byName = new TreeMap<>();
            for (int i = 0; i < parameters.parameters().size(); i++) {
                byName.put(name(kind, parameters, i), i);
            }
            byName.forEach((name, index) -> {
                try (NDArray part = parameters.part(kept.array, index)) {
                    action.accept(name, part);
                }
            });
        });
    }

    private static String name(String kind, FlatParameters parameters, int index) {
        return kind + "/" + parameters.parameters().get(index).path();
    }
}
