package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;

/** Changes all parameters along their gradients. Its memory of earlier gradients lives in {@link OptimizerState}. */
public interface UpdateRule {
    /**
     * One update in place.
     *
     * @param gradients in the layout of the parameters; may be overwritten; temporaries go to its manager
     * @param step counted from 0
     */
    void update(FlatParameters parameters, NDArray gradients, double learningRate, long step);

    OptimizerState state();
}
