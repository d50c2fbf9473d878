package ai.facet.train.sweep;

import ai.facet.cli.TextTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One or two sweeps from the same weights, with what they suggest.
 *
 * @param curves at least one
 * @param suggestions of each curve
 * @param trainingRate what {@code facet train} would use with the same options
 */
public record SweepResult(List<SweepCurve> curves, List<RateSuggestions> suggestions, double trainingRate) {
    private static final double SMALL = 1e-4;
    private static final MathContext TWO_DIGITS = new MathContext(2);

    public SweepResult {
        curves = List.copyOf(curves);
        suggestions = List.copyOf(suggestions);
    }

    /** The suggestions of some finished sweeps. */
    public static SweepResult of(List<SweepCurve> curves, double trainingRate) {
        return new SweepResult(curves, curves.stream().map(RateSuggestions::of).toList(), trainingRate);
    }

    /** The original project's rule: of all sweeps the larger tenth of the minimum's rate. */
    public double byTheOriginalsRule() {
        return suggestions.stream()
                .mapToDouble(RateSuggestions::tenthOfMinimum)
                .max()
                .orElseThrow();
    }

    public String toText() {
        TextTable table = new TextTable(List.of("sweep", "steps", "valley", "steepest", "minimum / 10"));
        for (int i = 0; i < curves.size(); i++) {
            SweepCurve curve = curves.get(i);
            RateSuggestions found = suggestions.get(i);
            table.add(List.of(
                    String.format(
                            Locale.ROOT,
                            "%s %.1e to %.1e",
                            curve.sweep().kind().id(),
                            curve.sweep().from(),
                            curve.sweep().to()),
                    curve.size() + " of " + curve.sweep().steps() + (curve.diverged() ? ", then diverged" : ""),
                    text(found.valley()),
                    text(found.steepest()),
                    text(found.tenthOfMinimum())));
        }
        return table + summary();
    }

    /** One or two sentences. */
    public String summary() {
        double valley = suggestions.get(0).valley();
        return String.format(
                Locale.ROOT,
                "By the original project's rule (the rate of the lowest loss divided by ten%s): %s. By the valley, a good"
                        + " first try: --learning-rate %s.%nfacet train would use %s, %.2g times the valley.%n",
                curves.size() > 1 ? ", the larger of both sweeps" : "",
                text(byTheOriginalsRule()),
                text(valley),
                text(trainingRate),
                trainingRate / valley);
    }

    /** A rate with two digits: {@code 0.0015}, {@code 7.9e-05}. */
    public static String text(double rate) {
        return rate < SMALL
                ? String.format(Locale.ROOT, "%.1e", rate)
                : new BigDecimal(rate).round(TWO_DIGITS).stripTrailingZeros().toPlainString();
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trainingRate", trainingRate);
        json.put("byTheOriginalsRule", byTheOriginalsRule());
        List<Object> sweeps = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            sweeps.add(json(curves.get(i), suggestions.get(i)));
        }
        json.put("sweeps", sweeps);
        return json;
    }

    private static Map<String, Object> json(SweepCurve curve, RateSuggestions found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sweep", curve.sweep().kind().id());
        json.put("from", curve.sweep().from());
        json.put("to", curve.sweep().to());
        json.put("steps", curve.sweep().steps());
        json.put("diverged", curve.diverged());
        json.put("valley", found.valley());
        json.put("steepest", found.steepest());
        json.put("tenthOfMinimum", found.tenthOfMinimum());
        json.put("rates", steps(curve).mapToObj(curve::rate).toList());
        json.put("losses", steps(curve).mapToObj(curve::loss).toList());
        json.put("smoothed", steps(curve).mapToObj(curve::smoothed).toList());
        return json;
    }

    private static IntStream steps(SweepCurve curve) {
        return IntStream.range(0, curve.size());
    }
}
