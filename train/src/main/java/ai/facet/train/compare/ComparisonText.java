package ai.facet.train.compare;

import ai.facet.cli.DurationText;
import ai.facet.cli.TextTable;
import ai.facet.train.compare.NetworkResult.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The comparison for a terminal, and the cells that the page shows, too. */
final class ComparisonText {
    static final List<String> TITLES = List.of(
            "network",
            "parameters",
            "GMAC",
            "sees px",
            "time",
            "peak memory",
            "train accuracy",
            "validation accuracy",
            "balanced",
            "macro F1",
            "best epoch");
    private static final String UNKNOWN = "unknown";

    private ComparisonText() {}

    static String of(List<NetworkResult> results) {
        TextTable table = new TextTable(TITLES);
        results.forEach(result -> table.add(cells(result)));
        StringBuilder text = new StringBuilder(table.toString());
        results.stream()
                .filter(result -> !result.finished())
                .forEach(result -> text.append(result.name())
                        .append(": failed: ")
                        .append(result.failure())
                        .append('\n'));
        List<NetworkResult> finished =
                results.stream().filter(NetworkResult::finished).toList();
        return finished.isEmpty()
                ? text.toString()
                : text.append("\nBalanced accuracy on validation (on training) for each attribute\n")
                        .append(attributes(finished))
                        .toString();
    }

    private static TextTable attributes(List<NetworkResult> finished) {
        List<String> titles = new ArrayList<>(List.of("network"));
        finished.get(0).validation().forEach(score -> titles.add(score.id()));
        TextTable table = new TextTable(titles);
        for (NetworkResult result : finished) {
            List<String> cells = new ArrayList<>(List.of(result.name()));
            for (int a = 0; a < result.validation().size(); a++) {
                cells.add(three(result.validation().get(a).balancedAccuracy()) + " ("
                        + three(result.train().get(a).balancedAccuracy()) + ")");
            }
            table.add(cells);
        }
        return table;
    }

    static List<String> cells(NetworkResult result) {
        List<String> cells = new ArrayList<>(List.of(result.name()));
        Cost cost = result.cost();
        cells.add(cost == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", cost.parameters()));
        cells.add(cost == null ? UNKNOWN : String.format(Locale.ROOT, "%.2f", cost.macs() / 1e9));
        cells.add(cost == null ? UNKNOWN : Integer.toString(cost.receptiveFieldPx()));
        boolean done = result.finished();
        cells.add(done ? DurationText.of(result.usage().trainSeconds()) : "failed");
        cells.add(memory(result.usage().peakBytes()));
        cells.add(three(Score.mean(result.train(), Score::accuracy)));
        cells.add(three(Score.mean(result.validation(), Score::accuracy)));
        cells.add(three(Score.mean(result.validation(), Score::balancedAccuracy)));
        cells.add(three(Score.mean(result.validation(), Score::macroF1)));
        cells.add(done ? result.bestEpoch() + " of " + result.epochs() : "-");
        return cells;
    }

    static String memory(long bytes) {
        return bytes == 0 ? UNKNOWN : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }

    static String three(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    static @Nullable Double gmac(NetworkResult result) {
        return result.cost() == null ? null : result.cost().macs() / 1e9;
    }
}
