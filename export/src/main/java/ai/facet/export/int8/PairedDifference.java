package ai.facet.export.int8;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much more often one of two models is right about the same pictures, with the 95 % interval of Agresti and Min (2005,
 * "Simple improved confidence intervals for comparing matched proportions"): half an observation is added to each of the
 * four cells.
 *
 * @param value accuracy of the second minus that of the first
 */
public record PairedDifference(double value, double low, double high) {
    /** Two-sided 95 % of the normal distribution. */
    private static final double Z = 1.959964;

    private static final double ADDED = 0.5;

    /**
     * The difference.
     *
     * @param firstOnly pictures that only the first model is right about
     * @param secondOnly pictures that only the second is right about
     * @param pictures all of them, one or more
     */
    static PairedDifference of(int firstOnly, int secondOnly, int pictures) {
        double n = pictures + 4 * ADDED;
        double lost = firstOnly + ADDED;
        double won = secondOnly + ADDED;
        double centre = (won - lost) / n;
        double margin = Z * Math.sqrt(won + lost - (won - lost) * (won - lost) / n) / n;
        return new PairedDifference((secondOnly - firstOnly) / (double) pictures, centre - margin, centre + margin);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", value);
        json.put("low", low);
        json.put("high", high);
        return json;
    }
}
