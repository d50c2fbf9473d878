package ai.facet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Contenders in turn, so that what slows the machine down slows all of them. */
public final class Alternation {
    /** Rounds that do not count. */
    public static final int WARM_UP = 2;

    private Alternation() {}

    /**
     * What a contender took.
     *
     * @param millis of each round
     */
    public record Times(String name, double[] millis) {
        public double median() {
            return Alternation.median(millis);
        }

        public double lowest() {
            return Arrays.stream(millis).min().orElseThrow();
        }

        public double highest() {
            return Arrays.stream(millis).max().orElseThrow();
        }

        /** Median over rounds of (this / other of the same round). */
        public double ratioTo(Times other) {
            double[] ratios = new double[millis.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = millis[i] / other.millis[i];
            }
            return Alternation.median(ratios);
        }
    }

    /** Each contender's times over some rounds; every other round runs in reverse order. */
    public static List<Times> run(List<? extends Timed> contenders, int rounds, Runnable afterRound)
            throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            for (Timed contender : contenders) {
                contender.runMillis();
            }
            afterRound.run();
        }
        double[][] millis = new double[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                int turn = round % 2 == 0 ? i : contenders.size() - 1 - i;
                millis[turn][round] = contenders.get(turn).runMillis();
            }
            afterRound.run();
        }
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            times.add(new Times(contenders.get(i).name(), millis[i]));
        }
        return times;
    }

    /** The middle value, or the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
