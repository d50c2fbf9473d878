package ai.facet.train.explain;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means over pictures of one attribute's heat in one region. */
final class RegionTally {
    /** Of the standard normal distribution: 95 of 100 values lie within so many deviations. */
    private static final double TWO_SIDED_95 = 1.96;

    private int pictures;
    private int hits;
    private double shares;
    private double areas;
    private double differences;
    private double squaredDifferences;

    /**
     * Adds a picture.
     *
     * @param share of the heat inside the region
     * @param area share of the picture that the region covers
     * @param hit whether the hottest pixel lies inside
     */
    void add(double share, double area, boolean hit) {
        pictures++;
        hits += hit ? 1 : 0;
        shares += share;
        areas += area;
        differences += share - area;
        squaredDifferences += (share - area) * (share - area);
    }

    int pictures() {
        return pictures;
    }

    /** Mean share of the heat inside. */
    double share() {
        return shares / pictures;
    }

    /** Mean share of the picture's area: what heat spread evenly would give. */
    double area() {
        return areas / pictures;
    }

    /** In how many of all pictures the hottest pixel lies inside. */
    double hitRate() {
        return (double) hits / pictures;
    }

    /** Half of the width of the 95 % interval of share minus area. */
    double halfWidth() {
        if (pictures < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = differences / pictures;
        double variance = Math.max(0, squaredDifferences / pictures - mean * mean) * pictures / (pictures - 1);
        return TWO_SIDED_95 * Math.sqrt(variance / pictures);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pictures", pictures);
        json.put("heatShare", share());
        json.put("areaShare", area());
        json.put("ratio", share() / area());
        json.put("peakInside", hitRate());
        if (pictures > 1) {
            json.put("halfWidth95", halfWidth());
        }
        return json;
    }
}
