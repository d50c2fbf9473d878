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
import org.jspecify.annotations.Nullable;

/**
 * One or two sweeps from the same weights, with what they suggest.
 *
 * @param curves at least one
 * @param suggestions of each curve; one that is not known says why
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

    /** Whether any sweep suggests a rate. */
    public boolean known() {
        return suggestions.stream().anyMatch(RateSuggestions::known);
    }

    /** The original project's rule: of all sweeps the larger tenth of the minimum's rate. NaN if none suggests one. */
    public double byTheOriginalsRule() {
        return suggestions.stream()
                .filter(RateSuggestions::known)
                .mapToDouble(RateSuggestions::tenthOfMinimum)
                .max()
                .orElse(Double.NaN);
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

    /** A few sentences: what is suggested, and which sweep suggests nothing, and why. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < curves.size(); i++) {
            if (!suggestions.get(i).known()) {
                text.append(String.format(
                        Locale.ROOT,
                        "The %s sweep suggests nothing: %s.%n",
                        curves.get(i).sweep().kind().id(),
                        suggestions.get(i).problem()));
            }
        }
        return known() ? text + recommendation() : text.toString();
    }

    private String recommendation() {
        double valley = suggestions.stream()
                .filter(RateSuggestions::known)
                .mapToDouble(RateSuggestions::valley)
                .findFirst()
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "By the original project's rule (the rate of the lowest loss divided by ten%s): %s. By the valley, a good"
                        + " first try: --learning-rate %s.%nfacet train would use %s, %.2g times the valley.%n",
                suggestions.stream().filter(RateSuggestions::known).count() > 1 ? ", the larger of both sweeps" : "",
                text(byTheOriginalsRule()),
                text(valley),
                text(trainingRate),
                trainingRate / valley);
    }

    /** A rate with two digits: {@code 0.0015}, {@code 7.9e-05}; {@code -} for none. */
    public static String text(double rate) {
        if (Double.isNaN(rate)) {
            return "-";
        }
        return rate < SMALL
                ? String.format(Locale.ROOT, "%.1e", rate)
                : new BigDecimal(rate).round(TWO_DIGITS).stripTrailingZeros().toPlainString();
    }

    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("trainingRate", trainingRate);
        json.put("byTheOriginalsRule", orNull(byTheOriginalsRule()));
        List<Object> sweeps = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            sweeps.add(json(curves.get(i), suggestions.get(i)));
        }
        json.put("sweeps", sweeps);
        return json;
    }

    private static Map<String, @Nullable Object> json(SweepCurve curve, RateSuggestions found) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sweep", curve.sweep().kind().id());
        json.put("from", curve.sweep().from());
        json.put("to", curve.sweep().to());
        json.put("steps", curve.sweep().steps());
        json.put("diverged", curve.diverged());
        json.put("valley", orNull(found.valley()));
        json.put("steepest", orNull(found.steepest()));
        json.put("tenthOfMinimum", orNull(found.tenthOfMinimum()));
        json.put("problem", found.problem());
        json.put("rates", steps(curve).mapToObj(curve::rate).toList());
        json.put("losses", steps(curve).mapToObj(curve::loss).toList());
        json.put("smoothed", steps(curve).mapToObj(curve::smoothed).toList());
        return json;
    }

    private static @Nullable Double orNull(double rate) {
        return Double.isNaN(rate) ? null : rate;
    }

    private static IntStream steps(SweepCurve curve) {
        return IntStream.range(0, curve.size());
    }
}
