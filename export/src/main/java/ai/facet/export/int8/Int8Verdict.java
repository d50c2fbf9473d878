package ai.facet.export.int8;

import ai.facet.metrics.AttributeMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What a comparison found, and whether it is good enough.
 *
 * @param heldOut whether the pictures are others than those of the calibration
 * @param maxLoss of mean balanced accuracy, and share of answers that may change
 */
public record Int8Verdict(boolean heldOut, int pictures, double maxLoss, List<Int8Comparison> attributes) {
    public Int8Verdict {
        attributes = List.copyOf(attributes);
    }

    /** Share of all answers that are the same. */
    public double agreement() {
        return attributes.stream()
                .mapToDouble(Int8Comparison::agreement)
                .average()
                .orElse(Double.NaN);
    }

    /** How much mean balanced accuracy is lost; NaN without labels. */
    public double loss() {
        return mean(Int8Comparison::floats) - mean(Int8Comparison::integers);
    }

    private double mean(Function<Int8Comparison, AttributeMetrics> side) {
        return attributes.stream()
                .filter(a -> a.difference() != null)
                .mapToDouble(a -> side.apply(a).balancedAccuracy())
                .average()
                .orElse(Double.NaN);
    }

    /** Without labels only the agreement is judged. */
    public boolean passed() {
        return agreement() >= 1 - maxLoss && !(loss() > maxLoss);
    }

    /** A table for people. */
    public String toText() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-20s %9s %9s %9s  %-24s %10s",
                "int8",
                "images",
                "fp32",
                "int8",
                "difference (95 %)",
                "agreement"));
        for (Int8Comparison a : attributes) {
            PairedDifference d = a.difference();
            lines.add(
                    d == null
                            ? String.format(
                                    Locale.ROOT,
                                    "%-20s %9d %9s %9s  %-24s %9.2f %%",
                                    a.attribute().id(),
                                    0,
                                    "-",
                                    "-",
                                    "-",
                                    100 * a.agreement())
                            : String.format(
                                    Locale.ROOT,
                                    "%-20s %9d %9.4f %9.4f  %+.4f (%+.4f..%+.4f) %9.2f %%",
                                    a.attribute().id(),
                                    a.floats().images(),
                                    a.floats().accuracy(),
                                    a.integers().accuracy(),
                                    d.value(),
                                    d.low(),
                                    d.high(),
                                    100 * a.agreement()));
        }
        lines.add(summary());
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private String summary() {
        String loss = Double.isNaN(loss())
                ? "no labels"
                : String.format(
                        Locale.ROOT,
                        "mean balanced accuracy %.4f -> %.4f",
                        mean(Int8Comparison::floats),
                        mean(Int8Comparison::integers));
        return String.format(
                Locale.ROOT,
                "%d pictures%s: %s, %.2f %% of the answers are the same; allowed loss %.4f of either",
                pictures,
                heldOut ? "" : " of the calibration itself",
                loss,
                100 * agreement(),
                maxLoss);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("passed", passed());
        json.put("heldOut", heldOut);
        json.put("pictures", pictures);
        json.put("maxLoss", maxLoss);
        json.put("agreement", agreement());
        if (!Double.isNaN(loss())) {
            Map<String, Object> means =
                    Int8Comparison.both(mean(Int8Comparison::floats), mean(Int8Comparison::integers));
            means.put("loss", loss());
            json.put("meanBalancedAccuracy", means);
        }
        json.put("attributes", attributes.stream().map(Int8Comparison::toJson).toList());
        return json;
    }
}
