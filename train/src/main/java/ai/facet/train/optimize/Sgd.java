package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;

/** Gradient descent with PyTorch's momentum: {@code v = m * v + (g + decay * w); w = w - rate * v}. */
public final class Sgd implements UpdateRule {
    private static final String VELOCITY = "velocity";

    private final double momentum;
    private final double weightDecay;
    private final OptimizerState state;

    public Sgd(double momentum, double weightDecay, OptimizerState state) {
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        this.state = state;
    }

    @Override
    public void update(FlatParameters parameters, NDArray gradients, double learningRate, long step) {
        NDArray weights = parameters.weights();
        if (weightDecay > 0) {
            try (NDArray decay = parameters.decays().mul(weightDecay)) {
                gradients.addi(decay.muli(weights));
            }
        }
        NDArray velocity = state.of(VELOCITY, parameters);
        velocity.muli(momentum).addi(gradients);
        try (NDArray change = velocity.mul(learningRate)) {
            weights.subi(change);
        }
    }

    @Override
    public OptimizerState state() {
        return state;
    }
}
