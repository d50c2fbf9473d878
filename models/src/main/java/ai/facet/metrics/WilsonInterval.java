package ai.facet.metrics;

/**
 * The 95 % score interval of a share (E. B. Wilson, 1927). It stays within 0 and 1 and holds for small counts, other
 * than the share plus and minus 1.96 standard errors.
 */
public record WilsonInterval(double low, double high) {
    /** The 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** The interval of {@code successes} among {@code trials}; NaN without trials. */
    public static WilsonInterval of(int successes, int trials) {
        double n = trials;
        double share = successes / n;
        double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** {@code 0.397 to 0.892}, or a dash without trials. */
    public String text() {
        return Double.isNaN(low) ? Numbers.NONE : Numbers.three(low) + " to " + Numbers.three(high);
    }
}
