package ai.facet.train.runs;

import ai.facet.cli.TextTable;
import ai.facet.metrics.HtmlTable;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.EpochMetrics.AttributeMetrics;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.report.HtmlReport.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Two or more runs side by side: each attribute at the best epoch, and the settings that differ. */
public record RunComparison(List<RunRecord> runs) implements RunView {
    private static final int LONGEST = 40;
    private static final String NONE = "-";
    private static final String SPLITS_DIFFER =
            "The runs have different validation pictures, so their figures compare only roughly.";
    private static final Map<String, ToDoubleFunction<AttributeMetrics>> MEASURES = measures();

    public RunComparison {
        runs = List.copyOf(runs);
    }

    private static Map<String, ToDoubleFunction<AttributeMetrics>> measures() {
        Map<String, ToDoubleFunction<AttributeMetrics>> measures = new LinkedHashMap<>();
        measures.put("Accuracy", AttributeMetrics::accuracy);
        measures.put("Balanced accuracy", AttributeMetrics::balancedAccuracy);
        measures.put("Macro F1", AttributeMetrics::macroF1);
        return measures;
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder();
        MEASURES.forEach((name, measure) -> text.append(name)
                .append("\n")
                .append(table("attribute", rows(measure)))
                .append('\n'));
        return text.append(splitsDiffer() ? SPLITS_DIFFER + "\n\n" : "")
                .append("Settings that differ\n")
                .append(table("setting", differenceRows()))
                .toString();
    }

    private TextTable table(String first, List<List<String>> rows) {
        TextTable table = new TextTable(titles(first));
        rows.forEach(table::add);
        return table;
    }

    @Override
    public String toHtml() {
        List<Section> sections = new ArrayList<>();
        MEASURES.forEach(
                (name, measure) -> sections.add(new Section(name, HtmlTable.of(titles("attribute"), rows(measure)))));
        sections.add(new Section("Settings that differ", HtmlTable.of(titles("setting"), differenceRows())));
        String lead =
                "On validation pictures, at the best epoch of each run." + (splitsDiffer() ? " " + SPLITS_DIFFER : "");
        return HtmlReport.page("Comparison of runs", lead, Map.of(), sections);
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs", runs.stream().map(RunRecord::toJson).toList());
        json.put("differences", differences());
        return json;
    }

    /** Names of folders, or their whole paths where names are equal. */
    private List<String> titles(String first) {
        boolean different = runs.stream().map(RunRecord::name).distinct().count() == runs.size();
        List<String> titles = new ArrayList<>(List.of(first));
        runs.forEach(run -> titles.add(different ? run.name() : run.folder().toString()));
        return titles;
    }

    private List<List<String>> rows(ToDoubleFunction<AttributeMetrics> measure) {
        List<List<String>> rows = new ArrayList<>();
        for (String attribute : attributes()) {
            rows.add(row(
                    attribute,
                    best -> best.attributes().stream()
                            .filter(a -> a.id().equals(attribute))
                            .mapToDouble(measure)
                            .findFirst()
                            .orElse(Double.NaN)));
        }
        rows.add(row(
                "mean",
                best -> best.attributes().stream()
                        .mapToDouble(measure)
                        .average()
                        .orElse(Double.NaN)));
        return rows;
    }

    private List<String> row(String title, ToDoubleFunction<EpochMetrics> value) {
        List<String> cells = new ArrayList<>(List.of(title));
        runs.forEach(run -> cells.add(three(run.best(), value)));
        return cells;
    }

    private static String three(@Nullable EpochMetrics best, ToDoubleFunction<EpochMetrics> value) {
        double rate = best == null ? Double.NaN : value.applyAsDouble(best);
        return Double.isNaN(rate) ? NONE : String.format(Locale.ROOT, "%.3f", rate);
    }

    private Set<String> attributes() {
        Set<String> ids = new LinkedHashSet<>();
        runs.stream()
                .map(RunRecord::best)
                .filter(Objects::nonNull)
                .forEach(best -> best.attributes().forEach(a -> ids.add(a.id())));
        return ids;
    }

    /** The values of each run by the setting's name. */
    Map<String, List<String>> differences() {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.settings().keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values = runs.stream()
                    .map(run -> run.settings().getOrDefault(name, NONE))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                differences.put(name, values);
            }
        }
        return differences;
    }

    private List<List<String>> differenceRows() {
        List<List<String>> rows = new ArrayList<>();
        differences().forEach((name, values) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            values.forEach(value -> cells.add(shortened(value)));
            rows.add(cells);
        });
        return rows;
    }

    private boolean splitsDiffer() {
        return differences().containsKey("split");
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST - 1) + "\u2026";
    }
}
