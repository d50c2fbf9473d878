package ai.facet.serve.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many pictures a server's inferences had so far, from its own measurements.
 *
 * @param upTo inferences with at most so many pictures
 */
record BatchSizes(double inferences, double pictures, Map<Double, Double> upTo) {
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^facet_batch_size_(bucket|sum|count)\\{([^}]*)\\} (\\S+)$");
    private static final Pattern BOUND = Pattern.compile("le=\"([^\"]+)\"");

    /** From Prometheus' text format, over all models. */
    static BatchSizes parse(String metrics) {
        double inferences = 0;
        double pictures = 0;
        Map<Double, Double> upTo = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(metrics);
        while (sample.find()) {
            double value = Double.parseDouble(sample.group(3));
            switch (sample.group(1)) {
                case "sum" -> pictures += value;
                case "count" -> inferences += value;
                default -> {
                    Matcher bound = BOUND.matcher(sample.group(2));
                    if (bound.find() && !bound.group(1).equals("+Inf")) {
                        upTo.merge(Double.valueOf(bound.group(1)), value, Double::sum);
                    }
                }
            }
        }
        return new BatchSizes(inferences, pictures, upTo);
    }

    /** What came since an earlier state. */
    BatchSizes since(BatchSizes before) {
        Map<Double, Double> more = new TreeMap<>();
        upTo.forEach((bound, count) -> more.put(bound, count - before.upTo.getOrDefault(bound, 0.0)));
        return new BatchSizes(inferences - before.inferences, pictures - before.pictures, more);
    }

    double mean() {
        return inferences == 0 ? 0 : pictures / inferences;
    }

    /** Inferences by the smallest bound that holds them; bounds without any are left out. */
    Map<Integer, Long> counts() {
        Map<Integer, Long> counts = new TreeMap<>();
        double below = 0;
        for (Map.Entry<Double, Double> entry : upTo.entrySet()) {
            long own = Math.round(entry.getValue() - below);
            if (own > 0) {
                counts.put(entry.getKey().intValue(), own);
            }
            below = entry.getValue();
        }
        return counts;
    }
}
