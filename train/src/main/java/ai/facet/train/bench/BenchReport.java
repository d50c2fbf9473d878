package ai.facet.train.bench;

import ai.facet.bench.Alternation.Times;
import ai.facet.cli.TextTable;
import ai.facet.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects figures and shows them to people or machines. */
final class BenchReport {
    private final Map<String, Object> json = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final int batchSize;

    BenchReport(Workload work, String device) {
        batchSize = work.batchSize();
        json.put("network", work.network().name());
        json.put("sizePx", work.sizePx());
        json.put("batchSize", batchSize);
        json.put("optimizer", work.optimizer().kind().id());
        json.put("device", device);
        text.append(String.format(
                Locale.ROOT,
                "%s, batch of %d at %3$dx%3$d px, %4$s, on %5$s%n",
                work.network().name(),
                batchSize,
                work.sizePx(),
                work.optimizer().kind().id(),
                device));
    }

    /** How far losses are from tuned PyTorch's: ours, and those of PyTorch itself in its other memory layout. */
    void losses(int steps, double ours, double otherLayout) {
        json.put("lossSteps", steps);
        json.put("largestRelativeLossDifference", ours);
        json.put("largestRelativeLossDifferenceOfPyTorchWithItself", otherLayout);
        text.append(String.format(
                Locale.ROOT,
                "losses of %d steps without dropout are within %.1e of PyTorch's (PyTorch with itself in its other"
                        + " memory layout: %.1e)%n",
                steps,
                ours,
                otherLayout));
    }

    void steps(List<Times> times) {
        Times facet = times.get(0);
        TextTable table = new TextTable(List.of("", "ms (median)", "lowest", "highest", "images/s", "facet takes"));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Times each : times) {
            double ratio = facet.ratioTo(each);
            table.add(List.of(
                    each.name(),
                    number("%.1f", each.median()),
                    number("%.1f", each.lowest()),
                    number("%.1f", each.highest()),
                    number("%.1f", batchSize * 1000 / each.median()),
                    number("%.3f of it", ratio)));
            rows.add(row(each, "facetTakes", ratio));
        }
        json.put("steps", rows);
        text.append(table);
    }

    void epochs(int steps, Times epoch, Times bare) {
        double ratio = epoch.ratioTo(bare);
        TextTable table = new TextTable(List.of("of " + steps + " steps", "ms (median)", "images/s", "ratio"));
        table.add(List.of(
                "epoch with reading",
                number("%.1f", epoch.median()),
                number("%.1f", steps * batchSize * 1000.0 / epoch.median()),
                number("%.3f", ratio)));
        table.add(List.of(
                "bare steps",
                number("%.1f", bare.median()),
                number("%.1f", steps * batchSize * 1000.0 / bare.median()),
                "1"));
        json.put("epochs", List.of(row(epoch, "ratio", ratio), row(bare, "ratio", 1.0)));
        text.append(table);
    }

    private static Map<String, Object> row(Times times, String key, double ratio) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", times.name());
        row.put("medianMillis", times.median());
        row.put("millis", Arrays.stream(times.millis()).boxed().toList());
        row.put(key, ratio);
        return row;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    String toText() {
        return text.toString();
    }

    String toJson() {
        return Json.writePretty(json);
    }
}
