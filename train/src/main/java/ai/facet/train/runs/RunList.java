package ai.facet.train.runs;

import ai.facet.cli.DurationText;
import ai.facet.cli.Plural;
import ai.facet.cli.TextTable;
import ai.facet.metrics.HtmlTable;
import ai.facet.train.report.HtmlReport;
import ai.facet.train.report.HtmlReport.Section;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs in a table, as text, JSON and HTML.
 *
 * @param zone for dates
 */
public record RunList(List<RunRecord> runs, ZoneId zone) implements RunView {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final List<String> TITLES =
            List.of("run", "network", "epochs", "state", "best balanced accuracy", "time", "last change");

    public RunList {
        runs = List.copyOf(runs);
    }

    @Override
    public String toText() {
        TextTable table = new TextTable(TITLES);
        rows().forEach(table::add);
        return table.toString();
    }

    @Override
    public Map<String, Object> toJson() {
        return Map.of("runs", runs.stream().map(RunRecord::toJson).toList());
    }

    @Override
    public String toHtml() {
        String lead = Plural.of(runs.size(), "run") + ". The best balanced accuracy is the mean over attributes, on"
                + " validation; time is that of all epochs.";
        return HtmlReport.page("Runs", lead, Map.of(), List.of(new Section("All runs", HtmlTable.of(TITLES, rows()))));
    }

    private List<List<String>> rows() {
        return runs.stream().map(this::row).toList();
    }

    private List<String> row(RunRecord run) {
        return List.of(
                run.folder().toString(),
                run.training().network().name(),
                run.history().size() + "/" + run.training().epochs(),
                run.state().text(),
                run.best() == null
                        ? "-"
                        : String.format(Locale.ROOT, "%.3f", run.best().score()),
                DurationText.of(run.seconds()),
                DATE.format(run.changed().atZone(zone)));
    }
}
