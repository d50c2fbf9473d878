package ai.facet.train.optimize;

import java.util.List;
import java.util.function.Supplier;

/**
 * Lowers the rate when epochs bring nothing better, by the rule of PyTorch's {@code ReduceLROnPlateau} with
 * {@code mode="max"} and no threshold: after more than {@code patience} epochs in a row without a score above the best so
 * far the rate is multiplied by the factor and the count begins again. Nothing is remembered: the rate follows from the
 * scores alone, so a run that goes on has the same rates to the bit.
 *
 * @param scores of the finished epochs so far
 */
public record ReduceOnPlateau(LearningRates base, double factor, int patience, Supplier<List<Double>> scores)
        implements LearningRates {
    @Override
    public double at(long step) {
        return base.at(step) * Math.pow(factor, reductions(scores.get()));
    }

    private int reductions(List<Double> finished) {
        double best = Double.NEGATIVE_INFINITY;
        int bad = 0;
        int reductions = 0;
        for (double score : finished) {
            bad = score > best ? 0 : bad + 1;
            best = Math.max(best, score);
            if (bad > patience) {
                reductions++;
                bad = 0;
            }
        }
        return reductions;
    }
}
