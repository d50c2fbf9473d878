package ai.facet.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.facet.blocks.HostFloats;
import java.util.ArrayList;
import java.util.List;

/**
 * How much each attribute counts, learned with the network: one log variance {@code s} per attribute, which makes of the
 * losses {@code L} the sum of {@code exp(-s) * L + s / 2} (Kendall, Gal and Cipolla, 2018, equation 10). It is smallest
 * where {@code exp(s) = 2 L}: an attribute whose loss stays large counts less.
 *
 * <p>The slope {@code 1/2 - exp(-s) * L} is a closed form of losses that are known anyway, so the log variances are not
 * part of the network: no clipping, decay or average of the network's weights concerns them. They follow by Adam at a rate
 * of their own and live in {@link OptimizerState}, so a stored run goes on with them. An attribute without a label in a
 * batch has no slope there. Nothing waits for the device. Engine thread only.
 */
public final class UncertaintyWeights {
    /** A step of Adam is at most about this long, so 100 steps change a weight by up to a factor of e. */
    static final double RATE = 0.01;

    /** Weights stay between e^-4 and e^4, also where a loss vanishes. */
    static final float BOUND = 4;

    private static final NDIndex EVERYTHING = new NDIndex("...");
    private static final String VALUES = "logVariance";
    private static final String MEAN = "logVarianceMean";
    private static final String SQUARE = "logVarianceSquare";
    private static final double MEAN_DECAY = 0.9; // Adam's defaults
    private static final double SQUARE_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final NDArray logVariances; // [attributes]
    private final NDArray mean;
    private final NDArray square;
    private final NDArray lossSum; // of the parts of a batch

    /**
     * Equal weights, or those that were restored.
     *
     * @param state keeps them
     * @param manager owns what is between
     */
    public UncertaintyWeights(int attributes, OptimizerState state, NDManager manager) {
        Shape shape = new Shape(attributes);
        this.logVariances = state.of(VALUES, shape);
        this.mean = state.of(MEAN, shape);
        this.square = state.of(SQUARE, shape);
        this.lossSum = manager.zeros(shape);
    }

    /** {@code exp(-s)} of each attribute, {@code [attributes]}, on the device of the manager, which owns it. */
    public NDArray on(NDManager manager) {
        try (NDArray negative = logVariances.neg();
                NDArray factors = negative.exp()) {
            NDArray moved = factors.toDevice(manager.getDevice(), true);
            moved.attach(manager);
            return moved;
        }
    }

    /**
     * What the network learns from: {@code sum(exp(-s) * L)}. The term {@code s / 2} has no slope in the weights.
     *
     * @param losses {@code [attributes]}
     * @param factors of {@link #on}
     */
    public static NDArray weigh(NDArray losses, NDArray factors) {
        return losses.mul(factors).sum();
    }

    /**
     * Remembers the losses of a part of a batch until {@link #update}.
     *
     * @param losses {@code [attributes]}, without gradients, on these weights' device
     */
    public void add(NDArray losses) {
        lossSum.addi(losses);
    }

    /**
     * One step along the slope of what was added since the last one.
     *
     * @param present 1 for an attribute with a label in the batch, else 0
     * @param step counted from 0
     */
    @SuppressWarnings("try") // the manager is only held: what is computed from lent arrays goes with it
    public void update(float[] present, long step, NDManager batchManager) {
        try (NDManager temporary = batchManager.newSubManager()) {
            temporary.tempAttachAll(logVariances, mean, square, lossSum);
            NDArray moves = temporary.create(present);
            NDArray slope = moves.mul(0.5f).sub(logVariances.neg().exp().mul(lossSum));
            square.muli(SQUARE_DECAY).addi(slope.mul(slope).mul(1 - SQUARE_DECAY));
            mean.muli(MEAN_DECAY).addi(slope.mul(1 - MEAN_DECAY));
            NDArray root =
                    square.div(1 - Math.pow(SQUARE_DECAY, step + 1.0)).sqrt().add(EPSILON);
            NDArray change = mean.mul(RATE / (1 - Math.pow(MEAN_DECAY, step + 1.0)))
                    .div(root)
                    .mul(moves);
            logVariances.set(EVERYTHING, logVariances.sub(change).clip(-BOUND, BOUND));
            lossSum.subi(lossSum);
        }
    }

    /** {@code exp(-s)} of each attribute. Waits for the device. */
    public List<Double> factors() {
        List<Double> factors = new ArrayList<>();
        for (float s : HostFloats.of(logVariances)) {
            factors.add(Math.exp(-s));
        }
        return factors;
    }
}
