package ai.facet.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.facet.checkpoint.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Moves a Block's parameters to plain tensors and back, by {@link ParameterPaths}. */
public final class NetworkWeights {
    private static final NDIndex EVERYTHING = new NDIndex("...");

    private NetworkWeights() {}

    /** A copy of every parameter of an initialised block, each name with a prefix. */
    public static List<Tensor> copy(Block block, String prefix) {
        List<Tensor> tensors = new ArrayList<>();
        ParameterPaths.of(block).forEach((path, parameter) -> {
            NDArray array = parameter.getArray();
            List<Long> shape =
                    LongStream.of(array.getShape().getShape()).boxed().toList();
            tensors.add(Tensor.ofFloats(prefix + path, shape, HostFloats.of(array)));
        });
        return tensors;
    }

    /**
     * Writes tensors into the parameters of an initialised block.
     *
     * @param weights by parameter path, without prefix
     * @throws IllegalArgumentException naming what is missing, too much or of another shape; then nothing was written
     */
    public static void load(Block block, Map<String, Tensor> weights) {
        Map<String, Parameter> parameters = ParameterPaths.of(block);
        requireSame(parameters, weights);
        parameters.forEach((path, parameter) -> write(parameter.getArray(), weight(weights, path)));
    }

    /**
     * Writes those tensors that have the path and shape of a parameter.
     *
     * @return the paths that were written
     */
    public static Set<String> loadMatching(Block block, Map<String, Tensor> weights) {
        Set<String> taken = new TreeSet<>();
        ParameterPaths.of(block).forEach((path, parameter) -> {
            Tensor tensor = weights.get(path);
            NDArray array = parameter.getArray();
            if (tensor != null
                    && tensor.type() == Tensor.Type.F32
                    && array.getShape().equals(new Shape(tensor.dimensions()))) {
                write(array, tensor);
                taken.add(path);
            }
        });
        return taken;
    }

    private static void write(NDArray array, Tensor tensor) {
        try (NDManager manager = array.getManager().newSubManager();
                NDArray values = manager.create(tensor.toFloats(), array.getShape())) {
            overwrite(array, values);
        }
    }

    /** In place; PyTorch forbids that for an array that records gradients, so the record pauses. */
    private static void overwrite(NDArray array, NDArray values) {
        boolean gradient = array.hasGradient();
        array.setRequiresGradient(false);
        array.set(EVERYTHING, values);
        array.setRequiresGradient(gradient);
    }

    private static void requireSame(Map<String, Parameter> parameters, Map<String, Tensor> weights) {
        Set<String> missing = new TreeSet<>(parameters.keySet());
        missing.removeAll(weights.keySet());
        Set<String> unknown = new TreeSet<>(weights.keySet());
        unknown.removeAll(parameters.keySet());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the weights belong to another network: " + missing.size() + " parameters are missing "
                            + first(missing) + ", " + unknown.size() + " are unknown " + first(unknown));
        }
        parameters.forEach((path, parameter) -> {
            Shape expected = parameter.getArray().getShape();
            Tensor tensor = weight(weights, path);
            if (tensor.type() != Tensor.Type.F32 || !expected.equals(new Shape(tensor.dimensions()))) {
                throw new IllegalArgumentException("parameter " + path + " is " + tensor.type() + " of shape "
                        + tensor.shape() + "; expected F32 of shape " + expected);
            }
        });
    }

    private static Tensor weight(Map<String, Tensor> weights, String path) {
        return Objects.requireNonNull(weights.get(path), path);
    }

    private static String first(Set<String> names) {
        return names.stream().limit(2).toList().toString();
    }
}
