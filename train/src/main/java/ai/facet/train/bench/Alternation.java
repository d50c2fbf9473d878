package ai.facet.train.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Contenders in turn, so that what slows the machine down slows all of them. */
final class Alternation {
    static final int WARM_UP = 2;

    private Alternation() {}

    /**
     * What a contender took.
     *
     * @param millis of each round
     */
    record Times(String name, double[] millis) {
        double median() {
            return Alternation.median(millis);
        }

        /** Median over rounds of (this / other of the same round). */
        double ratioTo(Times other) {
            double[] ratios = new double[millis.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = millis[i] / other.millis[i];
            }
            return Alternation.median(ratios);
        }
    }

    /** Each contender's times over some rounds; every other round runs in reverse order. */
    static List<Times> run(List<Contender> contenders, int rounds, Runnable afterRound) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            for (Contender contender : contenders) {
                contender.step();
            }
            afterRound.run();
        }
        double[][] millis = new double[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                int turn = round % 2 == 0 ? i : contenders.size() - 1 - i;
                millis[turn][round] = contenders.get(turn).step().millis();
            }
            afterRound.run();
        }
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            times.add(new Times(contenders.get(i).name(), millis[i]));
        }
        return times;
    }

    /** The losses of some steps. */
    static double[] losses(Contender contender, int steps) throws IOException {
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

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
