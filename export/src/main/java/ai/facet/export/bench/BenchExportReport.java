package ai.facet.export.bench;

import ai.facet.bench.Alternation.Times;
import ai.facet.cli.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured on one network. */
final class BenchExportReport {
    private static final String BASELINE = "ONNX Runtime fp32";

    private final Workload work;
    private final Map<String, Double> differences = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    BenchExportReport(Workload work) {
        this.work = work;
    }

    /** How far each one's logits are from the Block's, as a share of the largest logit or 1. */
    void agreement(Map<String, Double> shares) {
        differences.putAll(shares);
    }

    /** The times of all, in the order of the contenders. */
    void times(List<Times> times, List<Contender> contenders) {
        Times baseline = times.stream()
                .filter(t -> t.name().equals(BASELINE))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < times.size(); i++) {
            Times each = times.get(i);
            rows.add(new Row(
                    each,
                    baseline.ratioTo(each),
                    contenders.get(i).bytes(),
                    differences.getOrDefault(each.name(), Double.NaN)));
        }
    }

    /**
     * A contender.
     *
     * @param speed how many times as fast as the baseline, the median over rounds
     * @param difference of its logits from the Block's
     */
    private record Row(Times times, double speed, long bytes, double difference) {
        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", times.name());
            json.put("medianMillis", times.median());
            json.put("millis", Arrays.stream(times.millis()).boxed().toList());
            json.put("timesAsFastAsFp32", speed);
            json.put("bytes", bytes);
            json.put("logitDifference", difference);
            return json;
        }
    }

    String toText() {
        TextTable table = new TextTable(
                List.of("", "ms (median)", "lowest", "pictures/s", "speed", "file KB", "logits differ by"));
        for (Row row : rows) {
            double millis = row.times().median();
            table.add(List.of(
                    row.times().name(),
                    number("%.3f", millis),
                    number("%.3f", row.times().lowest()),
                    number("%.1f", work.batchSize() * 1000 / millis),
                    number("%.2f x", row.speed()),
                    number("%.0f", row.bytes() / 1000.0),
                    number("%.1e", row.difference())));
        }
        return String.format(
                        Locale.ROOT,
                        "%s, %d picture%s of %4$dx%4$d px at a time, %5$d thread%6$s; speed beside %7$s%n",
                        work.name(),
                        work.batchSize(),
                        work.batchSize() == 1 ? "" : "s",
                        work.description().preprocessing().heightPx(),
                        work.threads(),
                        work.threads() == 1 ? "" : "s",
                        BASELINE)
                + table;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", work.name());
        json.put("sizePx", work.description().preprocessing().heightPx());
        json.put("batchSize", work.batchSize());
        json.put("threads", work.threads());
        json.put("baseline", BASELINE);
        json.put("contenders", rows.stream().map(Row::toJson).toList());
        return json;
    }
}
