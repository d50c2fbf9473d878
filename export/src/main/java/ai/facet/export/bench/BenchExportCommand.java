package ai.facet.export.bench;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.facet.bench.Alternation;
import ai.facet.bench.BenchModel;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.NetworkArgument;
import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.files.ScratchFolder;
import ai.facet.json.Json;
import ai.facet.process.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet bench export}. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Measure what an export gains: the network in DJL, as TorchScript, in ONNX Runtime as fp32 and int8 and, with"
                    + " --python, what torch.onnx.export and onnxruntime make of the same network and weights.",
            "All of them answer the same pictures and take turns; the ratio is the median over rounds. Copying the pictures"
                    + " in and the logits out counts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet bench export",
            "  facet bench export --network bottleneck-skip --size 224 --python .venv/bin/python",
            "  facet bench export --batch-size 8 --threads 2 --json"
        })
public final class BenchExportCommand implements Callable<Integer> {
    private static final int MOST = 1024;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "PRESET|FILE",
            split = ",",
            defaultValue = "facet-s,bottleneck-skip",
            description = "What to export, one or several, as for facet train; weights are random. Default:"
                    + " ${DEFAULT-VALUE}.")
    private List<String> networks = List.of();

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "96",
            description = "Side of the input. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "1",
            description = "Pictures at a time. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of every contender, inside one inference. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "21",
            description = "Turns of each. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "A Python that can import torch, onnx, onnxscript, onnxruntime.")
    private @Nullable String python;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public BenchExportCommand() {}

    @Override
    public Integer call() throws IOException {
        requireRange("--size", size);
        requireRange("--batch-size", batchSize);
        requireRange("--threads", threads);
        requireRange("--rounds", rounds);
        List<Workload> works = works();
        startTorch();
        String processor = Processor.describe();
        List<BenchExportReport> reports = new ArrayList<>();
        for (Workload work : works) {
            try (ScratchFolder folder = ScratchFolder.create("facet-bench")) {
                reports.add(measure(work, folder.path()));
            }
        }
        print(processor, reports);
        return ExitCodes.DONE;
    }

    private static void requireRange(String option, int value) {
        if (value < 1 || value > MOST) {
            throw UserException.badArguments(option + " is " + value + "; expected 1 to " + MOST);
        }
    }

    private List<Workload> works() throws IOException {
        List<Workload> works = new ArrayList<>();
        for (String network : networks) {
            try {
                works.add(new Workload(
                        BenchModel.description(NetworkArgument.resolve(network), size), batchSize, threads));
            } catch (IllegalArgumentException e) {
                throw UserException.badArguments("--network " + network + ": " + e.getMessage());
            }
        }
        return works;
    }

    private void startTorch() {
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        Engine.getEngine("PyTorch");
        JniUtils.setNumThreads(threads);
    }

    private BenchExportReport measure(Workload work, Path folder) throws IOException {
        try (Contenders contenders = Contenders.open(work, python, folder);
                Progress progress =
                        Progress.start("measuring " + work.name(), "rounds", rounds + Alternation.WARM_UP)) {
            BenchExportReport report = new BenchExportReport(work);
            report.agreement(contenders.agreement());
            report.times(Alternation.run(contenders.all(), rounds, progress::step), contenders.all());
            return report;
        }
    }

    private void print(String processor, List<BenchExportReport> reports) {
        StringBuilder text = new StringBuilder();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("processor", processor);
            all.put("networks", reports.stream().map(BenchExportReport::toJson).toList());
            text.append(Json.writePretty(all));
        } else {
            text.append(processor).append('\n');
            reports.forEach(report -> text.append('\n').append(report.toText()));
        }
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
