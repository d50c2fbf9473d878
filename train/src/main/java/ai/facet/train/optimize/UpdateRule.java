package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;

/** Changes one parameter along its gradient. Its memory of earlier gradients lives in {@link OptimizerState}. */
public interface UpdateRule {
    /**
     * One update in place.
     *
     * @param gradient same shape as the parameter; may be overwritten; temporaries go to its manager
     * @param step counted from 0
     */
    void update(TrainableParameter parameter, NDArray gradient, double learningRate, long step);

    OptimizerState state();
}
