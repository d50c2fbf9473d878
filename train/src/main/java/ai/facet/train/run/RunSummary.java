package ai.facet.train.run;

import ai.facet.blocks.ParameterPaths;
import ai.facet.cli.TextTable;
import ai.facet.json.Json;
import ai.facet.network.NetworkSummary;
import ai.facet.schema.Attribute;
import ai.facet.train.config.Devices;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.loop.BatchPart;
import ai.facet.train.memory.AvailableMemory;
import ai.facet.train.memory.ByteText;
import ai.facet.train.memory.MemoryEstimate;
import ai.facet.train.memory.MicroBatches;
import ai.facet.train.memory.NetworkTable;
import ai.facet.train.memory.ProcessMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run is about to train and how much memory that will take, said before its first step. */
final class RunSummary {
    static final String FILE = "network.json";

    private final TrainingConfig config;
    private final RunNetwork network;
    private final Devices devices;
    private final int atOnce;
    private final @Nullable NetworkSummary stages;
    private final @Nullable MemoryEstimate estimate;

    private RunSummary(TrainingConfig config, RunNetwork network, Devices devices, @Nullable NetworkSummary stages) {
        this.config = config;
        this.network = network;
        this.devices = devices;
        this.atOnce = BatchPart.largest(config.batchSize(), devices.count(), config.microBatch());
        this.stages = stages;
        this.estimate = stages == null ? null : MemoryEstimate.of(stages, config.optimizer(), atOnce, devices.count());
    }

    static RunSummary of(TrainingConfig config, RunNetwork network, Devices devices) {
        boolean known = config.network().factory() == null;
        return new RunSummary(
                config,
                network,
                devices,
                known
                        ? NetworkSummary.of(
                                config.network(),
                                config.sizePx(),
                                config.sizePx(),
                                network.schema().attributes().stream()
                                        .map(Attribute::classCount)
                                        .toList())
                        : null);
    }

    /** The table and the estimate, each line ended by a line feed. */
    String toText() {
        return table() + memory() + "\n";
    }

    TextTable table() {
        return stages != null ? NetworkTable.of(stages) : parts();
    }

    /** Of a network that is Java code only its parameters are known before it runs. */
    private TextTable parts() {
        Map<String, Long> parameters = new TreeMap<>();
        ParameterPaths.of(network.block()).forEach((path, parameter) -> {
            if (parameter.requiresGradient()) {
                parameters.merge(path.split("\\.", 2)[0], parameter.getArray().size(), Long::sum);
            }
        });
        TextTable table = new TextTable(List.of("part", "parameters"));
        parameters.forEach((part, count) -> table.add(List.of(part, String.format(Locale.ROOT, "%,d", count))));
        table.addRule();
        table.add(List.of("all", String.format(Locale.ROOT, "%,d", network.parameterCount())));
        return table;
    }

    /** One sentence. */
    String memory() {
        if (estimate == null) {
            return "memory: not known before it runs, because the network is Java code";
        }
        if (network.device().isGpu()) {
            return "memory: estimated for a CPU " + total() + "; what a GPU takes and has is not known";
        }
        OptionalLong free = freeBytes();
        return "memory: estimated peak " + total()
                + (free.isPresent() ? ", " + ByteText.of(free.getAsLong()) + " are free" : "");
    }

    private String total() {
        MemoryEstimate known = java.util.Objects.requireNonNull(estimate);
        return String.format(
                Locale.ROOT,
                "%s with %d pictures at a time (activations %s, parameters and optimizer %s)",
                ByteText.of(known.totalBytes()),
                atOnce,
                ByteText.of(Math.max(known.trainingBytes(), known.answeringBytes())),
                ByteText.of(known.parameterBytes()));
    }

    /** What to say before a run that will probably be killed; null if it fits, or nobody knows. */
    @Nullable
    String warning() {
        OptionalLong free = freeBytes();
        if (estimate == null || stages == null || network.device().isGpu() || free.isEmpty()) {
            return null;
        }
        if (estimate.totalBytes() <= free.getAsLong()) {
            return null;
        }
        return "this run will probably need " + ByteText.of(estimate.totalBytes()) + " of memory, and "
                + ByteText.of(free.getAsLong()) + " are free: the system may kill it. "
                + cure(stages, free.getAsLong());
    }

    private String cure(NetworkSummary known, long free) {
        OptionalInt fitting = MicroBatches.largest(known, config.optimizer(), config.batchSize(), free);
        return fitting.isPresent()
                ? "--micro-batch " + fitting.getAsInt() + " would fit" + (devices.several() ? "" : " (or auto)")
                        + "; the step stays that of " + config.batchSize() + " pictures"
                : "Choose a smaller --size or a lighter --network";
    }

    /** With what this process holds already. */
    private static OptionalLong freeBytes() {
        OptionalLong free = AvailableMemory.bytes();
        OptionalLong own = ProcessMemory.residentBytes();
        return free.isEmpty() || own.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(free.getAsLong() + own.getAsLong());
    }

    /** Estimated and measured memory, for the report; the estimate is a CPU's, so on a GPU there is none. */
    String memoryAfterwards() {
        OptionalLong peak = ProcessMemory.peakBytes();
        List<String> parts = new ArrayList<>();
        if (network.device().isGpu()) {
            return (peak.isPresent() ? "main memory: peak " + ByteText.of(peak.getAsLong()) + "; " : "")
                    + "the GPU's is not known";
        }
        if (estimate != null) {
            parts.add("estimated " + ByteText.of(estimate.totalBytes()));
        }
        if (peak.isPresent()) {
            parts.add("peak " + ByteText.of(peak.getAsLong()));
        }
        return parts.isEmpty() ? "not known" : String.join(", ", parts);
    }

    /** The text of {@link #FILE}. */
    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", config.network().name());
        json.put("sizePx", config.sizePx());
        json.put("parameters", network.parameterCount());
        if (devices.several()) {
            json.put("devices", devices.count());
        }
        if (stages != null && estimate != null) {
            json.put("macs", stages.macs());
            json.put("keptBytesPerPicture", stages.activations().keptBytes());
            json.put("stages", stages.stages().stream().map(RunSummary::toJson).toList());
            json.put("microBatch", atOnce);
            json.put("memoryEstimate", estimate.toJson());
        }
        return Json.writePretty(json);
    }

    private static Map<String, Object> toJson(NetworkSummary.Stage stage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", stage.name());
        json.put("channels", stage.channels());
        json.put("heightPx", stage.heightPx());
        json.put("widthPx", stage.widthPx());
        json.put("receptiveFieldPx", stage.receptiveFieldPx());
        json.put("parameters", stage.parameters());
        json.put("macs", stage.macs());
        json.put("keptBytesPerPicture", stage.keptBytes());
        return json;
    }
}
