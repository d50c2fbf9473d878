package ai.facet.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When a model should say that it is unsure: the lowest threshold on the top probability above which answers are wrong at
 * most so often, with 95 % confidence over all thresholds tried (after Geifman and El-Yaniv, 2017, "Selective
 * Classification for Deep Neural Networks").
 *
 * @param unsureBelow answers with a top probability below this are withheld; 1 if no threshold is good enough
 * @param coverage the share of answers that are given
 * @param errorRate of the answers that are given, as counted
 */
record SelectiveRisk(double unsureBelow, double coverage, double errorRate) {
    private static final int COVERAGES = 20;

    private static final double DOUBT = 0.05;

    private record Answer(float confidence, boolean right) {}

    /**
     * Chooses the threshold.
     *
     * @param labels one class per picture, negative if missing
     * @param probabilities calibrated, {@code [pictures, classes]}
     * @param risk the largest share of wrong answers among those given; 0 or less gives every answer
     */
    static SelectiveRisk choose(int classes, int[] labels, float[] probabilities, double risk) {
        List<Answer> answers = IntStream.range(0, labels.length)
                .filter(i -> labels[i] >= 0)
                .mapToObj(i -> answer(Arrays.copyOfRange(probabilities, i * classes, (i + 1) * classes), labels[i]))
                .sorted(Comparator.comparingDouble(a -> -a.confidence()))
                .toList();
        if (risk <= 0 || answers.isEmpty()) {
            return new SelectiveRisk(0, 1, errors(answers, answers.size()) / (double) Math.max(1, answers.size()));
        }
        for (int level = COVERAGES; level >= 1; level--) {
            int given = withEquals(answers, (int) Math.ceil((double) level * answers.size() / COVERAGES));
            int errors = errors(answers, given);
            if (BinomialBound.upper(errors, given, DOUBT / COVERAGES) <= risk) {
                double below =
                        given == answers.size() ? 0 : answers.get(given - 1).confidence();
                return new SelectiveRisk(below, (double) given / answers.size(), (double) errors / given);
            }
        }
        return new SelectiveRisk(1, 0, Double.NaN);
    }

    /** How many answers, all right, a threshold needs at least to be chosen for a risk above 0. */
    static int fewestAnswers(double risk) {
        return (int) Math.ceil(Math.log(DOUBT / COVERAGES) / Math.log1p(-risk));
    }

    private static Answer answer(float[] probabilities, int label) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return new Answer(probabilities[best], best == label);
    }

    /** A threshold cannot part answers of the same confidence. */
    private static int withEquals(List<Answer> answers, int given) {
        int end = given;
        while (end < answers.size()
                && answers.get(end).confidence() == answers.get(given - 1).confidence()) {
            end++;
        }
        return end;
    }

    private static int errors(List<Answer> answers, int given) {
        return (int) answers.subList(0, given).stream().filter(a -> !a.right()).count();
    }
}
