package ai.facet.train.explain;

import ai.facet.cli.TextTable;
import ai.facet.metrics.HtmlTable;
import ai.facet.schema.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How much of each attribute's heat lies where it should, as a table, JSON and HTML. */
record RegionReport(List<Entry> entries) {
    private static final List<String> TITLES =
            List.of("attribute", "region", "pictures", "heat inside", "area (chance)", "times chance", "peak inside");

    RegionReport {
        entries = List.copyOf(entries);
    }

    /**
     * One attribute.
     *
     * @param fitting the region that fits it, empty if none does
     * @param tallies by region
     * @param withoutHeat pictures in which nothing speaks for the class
     */
    record Entry(Attribute attribute, String fitting, Map<String, RegionTally> tallies, int withoutHeat) {}

    /** For a terminal. */
    String toText() {
        TextTable table = new TextTable(TITLES);
        rows().forEach(table::add);
        return table.toString();
    }

    /** Safe HTML. */
    String toHtml() {
        return HtmlTable.of(TITLES, rows());
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            RegionTally tally = entry.tallies.get(entry.fitting);
            if (tally != null) {
                rows.add(List.of(
                        entry.attribute.id(),
                        entry.fitting,
                        Integer.toString(tally.pictures()),
                        share(tally),
                        percent(tally.area()),
                        String.format(Locale.ROOT, "%.2f", tally.share() / tally.area()),
                        percent(tally.hitRate())));
            }
        }
        return rows;
    }

    private static String share(RegionTally tally) {
        return tally.pictures() < 2
                ? percent(tally.share())
                : String.format(Locale.ROOT, "%.1f ± %.1f %%", 100 * tally.share(), 100 * tally.halfWidth());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Every attribute in every region; {@code fitting} names the one that the table shows. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("fitting", entry.fitting.isEmpty() ? null : entry.fitting);
            one.put("picturesWithoutHeat", entry.withoutHeat);
            Map<String, Object> regions = new LinkedHashMap<>();
            entry.tallies.forEach((region, tally) -> regions.put(region, tally.toJson()));
            one.put("regions", regions);
            json.put(entry.attribute.id(), one);
        }
        return json;
    }
}
