package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019), step for step as PyTorch computes it. */
public final class AdamW implements UpdateRule {
    private static final String MEAN = "mean";
    private static final String SQUARE = "square";
    private static final double MEAN_DECAY = 0.9; // PyTorch's default
    private static final double SQUARE_DECAY = 0.999; // PyTorch's default
    private static final double EPSILON = 1e-8; // PyTorch's default

    private final double weightDecay;
    private final OptimizerState state;

    public AdamW(double weightDecay, OptimizerState state) {
        this.weightDecay = weightDecay;
        this.state = state;
    }

    @Override
    public void update(FlatParameters parameters, NDArray gradients, double learningRate, long step) {
        NDArray weights = parameters.weights();
        if (weightDecay > 0) {
            try (NDArray kept = parameters.decays().mul(-learningRate * weightDecay)) {
                weights.muli(kept.addi(1));
            }
        }
        NDArray mean = state.of(MEAN, parameters);
        NDArray square = state.of(SQUARE, parameters);
        try (NDArray squared = gradients.mul(gradients)) {
            square.muli(SQUARE_DECAY).addi(squared.muli(1 - SQUARE_DECAY));
        }
        mean.muli(MEAN_DECAY).addi(gradients.muli(1 - MEAN_DECAY));
        double meanBias = 1 - Math.pow(MEAN_DECAY, step + 1.0);
        double squareBias = Math.sqrt(1 - Math.pow(SQUARE_DECAY, step + 1.0));
        try (NDArray root = square.sqrt();
                NDArray change = mean.mul(learningRate / meanBias)) {
            weights.subi(change.divi(root.divi(squareBias).addi(EPSILON)));
        }
    }

    @Override
    public OptimizerState state() {
        return state;
    }
}
