package ai.facet.serve.bench;

import ai.facet.cli.TextTable;
import ai.facet.json.Json;
import ai.facet.serve.bench.BenchServeCommand.Measured;
import ai.facet.serve.inference.OnnxModel;
import ai.facet.serve.inference.Predictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Collects figures and shows them to people or machines. */
final class ServeReport {
    private static final double MEGABYTE = 1e6;

    private final Map<String, Object> json = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private double inProcessPerCpuSecond = Double.NaN;

    void about(Path model, Predictor predictor, BenchPictures pictures, int warmUpSeconds) {
        json.put("model", predictor.description().name());
        json.put("network", predictor.description().network().name());
        json.put("widthPx", predictor.description().preprocessing().widthPx());
        json.put("heightPx", predictor.description().preprocessing().heightPx());
        json.put("precision", predictor.precision().id());
        json.put("pictures", pictures.what());
        json.put("warmUpSeconds", warmUpSeconds);
        json.put("onnxRuntime", OnnxModel.runtimeVersion());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        line(
                "%s (%s, %dx%d px, %s) on ONNX Runtime %s, %d processors; %s",
                model.getFileName(),
                predictor.description().network().name(),
                predictor.description().preprocessing().widthPx(),
                predictor.description().preprocessing().heightPx(),
                predictor.precision().id(),
                OnnxModel.runtimeVersion(),
                Runtime.getRuntime().availableProcessors(),
                pictures.what());
    }

    void inProcess(int threads, InProcess.Result result) {
        inProcessPerCpuSecond = result.perCpuSecond();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("threads", threads);
        row.put("imagesPerSecond", result.perSecond());
        row.put("imagesPerCpuSecond", result.perCpuSecond());
        json.put("inProcess", row);
        line(
                "in process, %d threads: %.1f images a second, %.1f a processor second",
                threads, result.perSecond(), result.perCpuSecond());
    }

    void closed(int connections, Measured run) {
        double ratio = run.perCpuSecond() / inProcessPerCpuSecond;
        Map<String, Object> row = row(run);
        row.put("connections", connections);
        row.put("ofInProcess", ratio);
        json.put("closedLoop", row);
        line(
                "HTTP, %d connections: %.1f requests a second, %.1f a processor second of the server: %.3f of in process",
                connections, run.load().perSecond(), run.perCpuSecond(), ratio);
        line("batches: %.2f pictures at the mean; %s", run.batches().mean(), batches(run));
    }

    void open(double perSecond, List<Measured> runs) {
        List<Map<String, Object>> rows = new ArrayList<>();
        TextTable table = new TextTable(List.of(
                "open loop",
                "p50 ms",
                "p90",
                "p99",
                "p99.9",
                "longest",
                "p99/p50",
                "batch",
                "req/CPU s",
                "other",
                "RSS MB"));
        for (int i = 0; i < runs.size(); i++) {
            table.add(cells("run " + (i + 1), runs.get(i)));
            rows.add(row(runs.get(i)));
        }
        double tail = median(runs, ServeReport::tail);
        json.put("openLoopPerSecond", perSecond);
        json.put("openLoop", rows);
        json.put("openLoopP99OverP50Median", tail);
        line("at %.1f requests a second, from the time at which each was to be sent:", perSecond);
        text.append(table);
        line(
                "median: p50 %.2f ms, p99 %.2f ms, p99/p50 %.2f",
                median(runs, run -> run.load().millis(0.5)),
                median(runs, run -> run.load().millis(0.99)),
                tail);
    }

    private static List<String> cells(String name, Measured run) {
        LoadResult load = run.load();
        return List.of(
                name,
                number("%.2f", load.millis(0.5)),
                number("%.2f", load.millis(0.9)),
                number("%.2f", load.millis(0.99)),
                number("%.2f", load.millis(0.999)),
                number("%.2f", load.maxMillis()),
                number("%.2f", tail(run)),
                number("%.2f", run.batches().mean()),
                number("%.1f", run.perCpuSecond()),
                Long.toString(load.requests() - load.answered()),
                run.residentBytes() < 0 ? "?" : number("%.0f", run.residentBytes() / MEGABYTE));
    }

    private static double tail(Measured run) {
        return run.load().millis(0.99) / run.load().millis(0.5);
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> value) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String batches(Measured run) {
        List<String> parts = new ArrayList<>();
        run.batches().counts().forEach((size, count) -> parts.add("up to " + size + ": " + count));
        return String.join(", ", parts);
    }

    private static Map<String, Object> row(Measured run) {
        LoadResult load = run.load();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("requestsPerSecond", load.perSecond());
        row.put("requestsPerCpuSecond", run.perCpuSecond());
        row.put("p50Millis", load.millis(0.5));
        row.put("p90Millis", load.millis(0.9));
        row.put("p99Millis", load.millis(0.99));
        row.put("p999Millis", load.millis(0.999));
        row.put("longestMillis", load.maxMillis());
        row.put("statuses", texts(load.statuses()));
        row.put("withoutAnswer", load.failures());
        row.put("meanBatch", run.batches().mean());
        row.put("batchesUpTo", texts(run.batches().counts()));
        row.put("residentBytes", run.residentBytes());
        return row;
    }

    private static Map<String, Object> texts(Map<Integer, Long> counts) {
        Map<String, Object> texts = new LinkedHashMap<>();
        counts.forEach((key, count) -> texts.put(Integer.toString(key), count));
        return texts;
    }

    private void line(String format, Object... values) {
        text.append(number(format, values)).append('\n');
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    String toText() {
        return text.toString();
    }

    String toJson() {
        return Json.writePretty(json);
    }
}
