package ai.facet.calibration;

/** The exact upper bound of a share from a sample (Clopper and Pearson, 1934). */
final class BinomialBound {
    private static final int STEPS = 60;

    private BinomialBound() {}

    /**
     * The largest share under which so few successes still happen with a probability of {@code doubt}.
     *
     * @param successes among the trials
     * @param doubt how often the true share may lie above the bound, between 0 and 1
     */
    static double upper(int successes, int trials, double doubt) {
        if (successes >= trials) {
            return 1;
        }
        double low = (double) successes / trials;
        double high = 1;
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (atMost(successes, trials, middle) > doubt) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability of at most so many successes. */
    private static double atMost(int successes, int trials, double share) {
        if (share <= 0 || share >= 1) {
            return share <= 0 ? 1 : 0;
        }
        double logTerm = trials * Math.log1p(-share); // of no success
        double sum = Math.exp(logTerm);
        for (int k = 1; k <= successes; k++) {
            logTerm += Math.log((double) (trials - k + 1) / k) + Math.log(share) - Math.log1p(-share);
            sum += Math.exp(logTerm);
        }
        return Math.min(1, sum);
    }
}
