package ai.facet.train.bench;

import java.io.IOException;

/** Whether contenders train the same network: their losses, step by step. */
final class Losses {
    private Losses() {}

    /** The losses of some steps. */
    static double[] of(Contender contender, int steps) throws IOException {
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = contender.step().loss();
        }
        return losses;
    }

    /** The largest relative difference of two contenders' losses. */
    static double largestDifference(double[] losses, double[] reference) {
        double largest = 0;
        for (int i = 0; i < losses.length; i++) {
            double difference = Math.abs(losses[i] - reference[i]) / Math.abs(reference[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }
}
