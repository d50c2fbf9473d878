package ai.facet.train.compare;

import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.train.compare.Experiment.Plan;
import ai.facet.train.compare.NetworkResult.Cost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code comparison.json}, {@code .csv}, {@code .png} and {@code .html}. */
public final class ComparisonFiles {
    private static final String NAME = "comparison.";
    private static final List<String> TITLES = List.of(
            "network",
            "attribute",
            "side",
            "accuracy",
            "accuracy_low95",
            "accuracy_high95",
            "majority",
            "balanced_accuracy",
            "macro_f1",
            "parameters",
            "macs",
            "receptive_field_px",
            "train_seconds",
            "wall_seconds",
            "peak_bytes",
            "failure");

    private ComparisonFiles() {}

    static void write(ExperimentFolder folder, List<NetworkResult> results, Plan plan) throws IOException {
        AtomicFiles files = AtomicFiles.real();
        files.writeText(folder.file(NAME + "json"), Json.writePretty(json(results, plan)));
        files.writeText(folder.file(NAME + "csv"), csv(results));
        files.write(folder.file(NAME + "png"), ComparisonPng.draw(results));
        files.writeText(folder.file(NAME + "html"), ComparisonHtml.of(results, plan));
    }

    /** The table for the terminal. */
    public static String text(List<NetworkResult> results) {
        return ComparisonText.of(results);
    }

    static Map<String, Object> json(List<NetworkResult> results, Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("settings", plan.settings());
        json.put("pictures", plan.table().size());
        json.put("dataHash", plan.table().hash());
        json.put("networks", results.stream().map(NetworkResult::toJson).toList());
        return json;
    }

    /** One row per network, attribute and side; one without attribute for a network that failed. */
    static String csv(List<NetworkResult> results) {
        StringBuilder csv = new StringBuilder(String.join(",", TITLES) + "\n");
        for (NetworkResult result : results) {
            result.train().forEach(score -> csv.append(row(result, score, "train")));
            result.validation().forEach(score -> csv.append(row(result, score, "validation")));
            if (!result.finished()) {
                List<String> cells = new ArrayList<>(List.of(result.name(), "", "", "", "", "", "", "", ""));
                cells.addAll(ends(result));
                csv.append(ExperimentFolder.line(cells));
            }
        }
        return csv.toString();
    }

    private static String row(NetworkResult result, Score score, String side) {
        List<String> cells = new ArrayList<>(List.of(result.name(), score.id(), side));
        for (double value : new double[] {
            score.accuracy(), score.low(), score.high(), score.majority(), score.balancedAccuracy(), score.macroF1()
        }) {
            cells.add(Double.isNaN(value) ? "" : Double.toString(value));
        }
        cells.addAll(ends(result));
        return ExperimentFolder.line(cells);
    }

    private static List<String> ends(NetworkResult result) {
        Cost cost = result.cost();
        return List.of(
                cost == null ? "" : Long.toString(cost.parameters()),
                cost == null ? "" : Long.toString(cost.macs()),
                cost == null ? "" : Integer.toString(cost.receptiveFieldPx()),
                Double.toString(result.usage().trainSeconds()),
                Double.toString(result.usage().wallSeconds()),
                result.usage().peakBytes() == 0
                        ? ""
                        : Long.toString(result.usage().peakBytes()),
                result.failure());
    }
}
