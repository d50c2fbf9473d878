package ai.facet.export.parity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a check found.
 *
 * @param randomImages how many images of noise went through each road
 * @param realImages how many different real images did
 * @param batches the batch sizes
 * @param tolerance {@code |a - b| <= tolerance * max(1, max|b|)} is allowed
 */
public record ParityReport(
        List<LogitDifference> differences, int randomImages, int realImages, List<Integer> batches, double tolerance) {
    public ParityReport {
        differences = List.copyOf(differences);
        batches = List.copyOf(batches);
    }

    /** The same differences, judged by another tolerance. */
    public ParityReport judgedBy(double otherTolerance) {
        return new ParityReport(differences, randomImages, realImages, batches, otherTolerance);
    }

    public boolean passed() {
        return differences.stream().allMatch(this::passed);
    }

    private boolean passed(LogitDifference difference) {
        return share(difference) <= 1;
    }

    /** The largest difference as a share of what is allowed. */
    private double share(LogitDifference difference) {
        return difference.share() * LogitDifference.TOLERANCE / tolerance;
    }

    /** A table for people: one line per output and pair of roads. */
    public String toText() {
        StringBuilder table = new StringBuilder(line("logits", "pair", "largest", "mean", "of tolerance", ""));
        for (LogitDifference d : differences) {
            table.append(line(
                    d.output(),
                    d.left() + " - " + d.right(),
                    number("%.2e", d.largest()),
                    number("%.2e", d.mean()),
                    number("%.1f %%", 100 * share(d)),
                    passed(d) ? "ok" : "TOO FAR"));
        }
        return table.append(String.format(
                        Locale.ROOT,
                        "%d noise and %d real images through each road, batches %s; allowed |a-b| <= %.0e * max(1, max|b|)%n",
                        randomImages,
                        realImages,
                        batches,
                        tolerance))
                .toString();
    }

    /** JSON values. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("passed", passed());
        json.put("tolerance", tolerance);
        json.put("rule", "logits differ by at most tolerance * max(1, largest of the right side)");
        json.put("randomImages", randomImages);
        json.put("realImages", realImages);
        json.put("batches", batches);
        json.put(
                "differences", differences.stream().map(LogitDifference::toJson).toList());
        return json;
    }

    private static String line(String output, String pair, String largest, String mean, String share, String verdict) {
        return String.format(Locale.ROOT, "%-24s %-20s %10s %10s %14s  %s", output, pair, largest, mean, share, verdict)
                        .stripTrailing()
                + System.lineSeparator();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
