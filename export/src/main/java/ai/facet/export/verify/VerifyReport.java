package ai.facet.export.verify;

import ai.facet.cli.TextTable;
import ai.facet.export.parity.CheckInputs;
import ai.facet.export.parity.LogitDifference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a verification found.
 *
 * @param artifacts the reference first
 */
public record VerifyReport(
        Path bundle, long seed, int noiseImages, int realImages, int rounds, List<Judged> artifacts) {
    /**
     * One artifact.
     *
     * @param medianMillis of one image
     * @param agreements one for each attribute; none for the reference
     */
    record Judged(Artifact artifact, long bytes, double medianMillis, List<Agreement> agreements) {
        Judged {
            agreements = List.copyOf(agreements);
        }

        boolean passed() {
            return agreements.stream().allMatch(artifact.measure()::passed);
        }
    }

    public VerifyReport {
        artifacts = List.copyOf(artifacts);
    }

    public boolean passed() {
        return artifacts.stream().allMatch(Judged::passed);
    }

    /** One line for each disagreement: artifact, attribute, difference; empty if there is none. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (Judged judged : artifacts) {
            for (Agreement agreement : judged.agreements()) {
                if (!judged.artifact().measure().passed(agreement)) {
                    failures.add(judged.artifact().measure().failure(agreement));
                }
            }
        }
        return failures;
    }

    /** For people: a table of attributes, a table of files, how it was done. */
    public String toText() {
        TextTable logits =
                new TextTable(List.of("attribute", "artifact", "largest", "mean", "same class", "as stored", ""));
        TextTable files = new TextTable(List.of("file", "engine", "ms per image", "bytes"));
        for (Judged judged : artifacts) {
            for (Agreement agreement : judged.agreements()) {
                logits.add(row(judged, agreement));
            }
            files.add(List.of(
                    judged.artifact().name(),
                    judged.artifact().engine().title(),
                    number("%.3f", judged.medianMillis()),
                    String.format(Locale.ROOT, "%,d", judged.bytes())));
        }
        return logits + "\n" + files
                + String.format(
                        Locale.ROOT,
                        "%ncompared with %s; %d noise images of seed %d and %d real ones, batches %s; median of %d runs%n",
                        artifacts.get(0).artifact().name(),
                        noiseImages,
                        seed,
                        realImages,
                        CheckInputs.SIZES,
                        rounds);
    }

    private static List<String> row(Judged judged, Agreement agreement) {
        LogitDifference logits = agreement.logits();
        return List.of(
                agreement.attribute(),
                logits.left(),
                number("%.2e", logits.largest()),
                number("%.2e", logits.mean()),
                agreement.sameClass() + " of " + agreement.images(),
                agreement.stored() == 0 ? "" : agreement.storedSame() + " of " + agreement.stored(),
                judged.artifact().measure().passed(agreement) ? "ok" : "FAILED");
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** JSON values. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", 1);
        json.put("bundle", bundle.toString());
        json.put("passed", passed());
        json.put("reference", artifacts.get(0).artifact().name());
        json.put("seed", seed);
        json.put("noiseImages", noiseImages);
        json.put("realImages", realImages);
        json.put("batches", CheckInputs.SIZES);
        json.put("rounds", rounds);
        json.put("artifacts", artifacts.stream().map(VerifyReport::artifactJson).toList());
        return json;
    }

    private static Map<String, Object> artifactJson(Judged judged) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", judged.artifact().name());
        json.put("engine", judged.artifact().engine().title());
        json.put("bytes", judged.bytes());
        json.put("medianMillis", judged.medianMillis());
        json.put("rule", judged.artifact().measure().rule());
        json.put("passed", judged.passed());
        json.put(
                "attributes",
                judged.agreements().stream()
                        .map(a -> a.toJson(judged.artifact().measure().passed(a)))
                        .toList());
        return json;
    }
}
