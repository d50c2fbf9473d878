package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All trainable parameters, or others of one kind, one after another in a single array, so that an update costs a dozen operations for a whole
 * network instead of a dozen for each of its parameters. The network's own arrays become views into it. Engine thread
 * only.
 */
public final class FlatParameters {
    /** Each parameter starts at a cache line: 16 floats. */
    private static final int ALIGNMENT = 16;

    private final List<TrainableParameter> parameters;
    private final long[] offsets;
    private final @Nullable NDArray[] gaps;
    private final NDArray weights;
    private final NDArray decays;

    private FlatParameters(
            List<TrainableParameter> parameters,
            long[] offsets,
            @Nullable NDArray[] gaps,
            NDArray weights,
            NDArray decays) {
        this.parameters = parameters;
        this.offsets = offsets;
        this.gaps = gaps;
        this.weights = weights;
        this.decays = decays;
    }

    /**
     * Moves the parameters' values into one array.
     *
     * @param manager owns it
     */
    @SuppressWarnings("try") // the switch is only held, never asked
    static FlatParameters of(List<TrainableParameter> parameters, NDManager manager) {
        long[] offsets = offsets(parameters);
        NDArray[] gaps = new NDArray[parameters.size()];
        try (GradMode off = GradMode.off()) {
            NDArray weights = manager.zeros(new Shape(offsets[offsets.length - 1]));
            NDArray decays = manager.zeros(weights.getShape());
            for (int i = 0; i < gaps.length; i++) {
                TrainableParameter parameter = parameters.get(i);
                long size = parameter.weights().size();
                if (offsets[i] + size < offsets[i + 1]) {
                    gaps[i] = manager.zeros(new Shape(offsets[i + 1] - offsets[i] - size));
                }
                try (NDArray flags = slice(decays, offsets[i], size)) {
                    flags.addi(parameter.decays() ? 1 : 0);
                }
                moveInto(weights, offsets[i], parameter);
            }
            return new FlatParameters(List.copyOf(parameters), offsets, gaps, weights, decays);
        }
    }

    /** The network's array keeps its identity and shape; its memory is a part of the long array from now on. */
    private static void moveInto(NDArray weights, long offset, TrainableParameter parameter) {
        NDArray own = parameter.weights();
        try (NDArray part = slice(weights, offset, own.size());
                NDArray view = part.reshape(own.getShape())) {
            view.set(new NDIndex("..."), own);
            own.intern(view);
            own.setRequiresGradient(parameter.trained());
        }
    }

    private static long[] offsets(List<TrainableParameter> parameters) {
        long[] offsets = new long[parameters.size() + 1];
        for (int i = 0; i < parameters.size(); i++) {
            long size = parameters.get(i).weights().size();
            offsets[i + 1] = offsets[i] + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        return offsets;
    }

    private static NDArray slice(NDArray flat, long offset, long size) {
        return flat.get(new NDIndex("{}:{}", offset, offset + size));
    }

    /** All weights, {@code [n]}; changed in place. */
    public NDArray weights() {
        return weights;
    }

    /** 1 where weight decay may shrink the weight, else 0: {@code [n]}. */
    NDArray decays() {
        return decays;
    }

    List<TrainableParameter> parameters() {
        return parameters;
    }

    /** A parameter's part of an array of this layout: a view, to be closed by the caller. */
    NDArray part(NDArray flat, int parameter) {
        TrainableParameter wanted = parameters.get(parameter);
        try (NDArray part = slice(flat, offsets[parameter], wanted.weights().size())) {
            return part.reshape(wanted.weights().getShape());
        }
    }

    /** The gradients, {@code [n]}, which the network has no more afterwards; temporaries go to the given manager. */
    NDArray takeGradients(NDManager batchManager) {
        NDList parts = new NDList();
        for (int i = 0; i < parameters.size(); i++) {
            NDArray gradient = parameters.get(i).weights().getGradient();
            gradient.attach(batchManager);
            parts.add(gradient.reshape(-1));
            NDArray gap = gaps[i];
            if (gap != null) {
                parts.add(gap);
            }
        }
        NDArray all = NDArrays.concat(parts);
        all.attach(batchManager);
        parameters.forEach(FlatParameters::forgetGradient);
        return all;
    }

    /**
     * Gives the parameter another handle on the same memory, which has no gradient yet: the next backward pass then hands
     * its gradient over, where zeros would first have to be written and then added to.
     */
    private static void forgetGradient(TrainableParameter parameter) {
        NDArray own = parameter.weights();
        if (own.hasGradient()) {
            own.intern(own.stopGradient());
            own.setRequiresGradient(true);
        }
    }
}
