package ai.facet.train.bench;

import ai.djl.Device;
import ai.facet.annotations.AnnotationTable;
import ai.facet.bench.Alternation;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.NetworkArgument;
import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.files.ScratchFolder;
import ai.facet.train.bench.PythonContender.Setup;
import ai.facet.train.config.ComputeDevice;
import ai.facet.train.config.DataConfig;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.input.AnnotationFiles;
import ai.facet.train.optimize.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet bench train}. */
@Command(
        name = "train",
        sortOptions = false,
        description = {
            "Measure a training step beside DJL's stock blocks and, with --python, beside PyTorch.",
            "All of them train the same network on the same batch and take turns; the ratio is the median over rounds."
                    + " With --python the losses of 20 steps without dropout are compared first. With --data whole epochs on"
                    + " real pictures are compared with as many bare steps."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet bench train",
            "  facet bench train --network bottleneck-skip --size 224 --batch-size 8 --python .venv/bin/python",
            "  facet bench train --network facet-s --data people.csv --json"
        })
public final class BenchTrainCommand implements Callable<Integer> {
    private static final int AGREEMENT_STEPS = 20;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "PRESET|FILE",
            defaultValue = "facet-s",
            description = "What to train, as for facet train. Default: ${DEFAULT-VALUE}.")
    private String network = "facet-s";

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "96",
            description = "Side of the input. Default: ${DEFAULT-VALUE}.")
    private int size = 96;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Pictures of a step. Default: ${DEFAULT-VALUE}.")
    private int batchSize = 32;

    @Option(
            names = "--optimizer",
            paramLabel = "KIND",
            defaultValue = "sgd",
            description = "sgd with momentum, or adamw. Default: ${DEFAULT-VALUE}.")
    private OptimizerConfig.Kind optimizer = OptimizerConfig.Kind.SGD;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Default: 0.001 for sgd, 0.0003 for adamw.")
    private @Nullable Double learningRate;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "9",
            description = "Steps of each, in turns. Default: ${DEFAULT-VALUE}.")
    private int rounds = 9;

    @Option(names = "--python", paramLabel = "FILE", description = "A Python that can import torch.")
    private @Nullable String python;

    @Option(names = "--no-stock", description = "Leave out DJL's stock blocks; they need much memory.")
    private boolean noStock;

    @Option(names = "--data", paramLabel = "CSV", description = "Compare epochs on these pictures with bare steps.")
    private @Nullable Path data;

    @Option(names = "--no-cache", description = "With --data: decode the pictures in every epoch.")
    private boolean noCache;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu or gpu:N. Default: ${DEFAULT-VALUE}.")
    private String device = "auto";

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the engine. Default: the processors.")
    private @Nullable Integer threads;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public BenchTrainCommand() {}

    @Override
    public Integer call() throws IOException {
        int threadCount = threads != null ? threads : TrainingDefaults.threads();
        if (rounds < 1 || batchSize < 2 || threadCount < 1) {
            throw UserException.badArguments("--rounds is " + rounds + ", --batch-size " + batchSize + ", --threads "
                    + threadCount + "; expected at least 1, 2 and 1");
        }
        Workload work = work();
        Device chosen = ComputeDevice.choose(device, threadCount);
        if (python != null && chosen.isGpu()) {
            throw UserException.badArguments("--python compares on the CPU; give --device cpu");
        }
        try (ScratchFolder folder = ScratchFolder.create("facet-bench")) {
            BenchReport report = new BenchReport(work, ComputeDevice.describe(chosen));
            if (data != null) {
                epochs(work, data, chosen, threadCount, folder.path(), report);
            } else {
                steps(work, chosen, threadCount, folder.path(), report);
            }
            spec.commandLine().getOut().print(json ? report.toJson() : report.toText());
            spec.commandLine().getOut().flush();
        }
        return ExitCodes.DONE;
    }

    private Workload work() throws IOException {
        try {
            OptimizerConfig settings = new OptimizerConfig(
                    optimizer,
                    LearningRateSchedule.Kind.CONSTANT,
                    learningRate != null ? learningRate : defaultRate(),
                    TrainingDefaults.weightDecay(optimizer),
                    0.9,
                    0);
            return new Workload(NetworkArgument.resolve(network), size, batchSize, settings, 1);
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }

    private double defaultRate() {
        return optimizer == OptimizerConfig.Kind.SGD ? 0.001 : 0.0003;
    }

    private void steps(Workload work, Device chosen, int threadCount, Path folder, BenchReport report)
            throws IOException {
        if (python != null) {
            agreement(python, work.withoutDropout(), chosen, threadCount, folder, report);
        }
        List<Contender> contenders = new ArrayList<>();
        try (Progress progress = Progress.start("measuring", "rounds", rounds + Alternation.WARM_UP)) {
            FacetContender facet = new FacetContender(work, chosen);
            contenders.add(facet);
            if (!noStock) {
                contenders.add(new StockContender(work, chosen));
            }
            if (python != null) {
                for (Setup setup : Setup.values()) {
                    contenders.add(new PythonContender(python, setup, work, facet, threadCount, folder));
                }
            }
            report.steps(Alternation.run(contenders, rounds, progress::step));
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    private static void agreement(
            String python, Workload work, Device chosen, int threadCount, Path folder, BenchReport report)
            throws IOException {
        try (FacetContender facet = new FacetContender(work, chosen);
                Contender tuned = new PythonContender(python, Setup.TUNED, work, facet, threadCount, folder);
                Contender installed =
                        new PythonContender(python, Setup.AS_INSTALLED, work, facet, threadCount, folder)) {
            double[] reference = Losses.of(tuned, AGREEMENT_STEPS);
            double[] otherLayout = Losses.of(installed, AGREEMENT_STEPS);
            double[] ours = Losses.of(facet, AGREEMENT_STEPS);
            report.losses(
                    AGREEMENT_STEPS,
                    Losses.largestDifference(ours, reference),
                    Losses.largestDifference(otherLayout, reference));
        }
    }

    private void epochs(Workload work, Path csv, Device chosen, int threadCount, Path folder, BenchReport report)
            throws IOException {
        AnnotationTable table = AnnotationFiles.read(DataConfig.of(csv));
        if (table.size() < batchSize) {
            throw UserException.badArguments(
                    csv + " has " + table.size() + " pictures; expected at least --batch-size " + batchSize);
        }
        ExecutorService readers = Executors.newFixedThreadPool(threadCount);
        try (EpochBench bench = EpochBench.open(work, table, noCache ? null : folder, readers, chosen);
                Progress progress = Progress.start("measuring", "rounds", rounds + 1)) {
            double[] epochs = new double[rounds];
            double[] bare = new double[rounds];
            bench.bareMillis();
            progress.step();
            for (int i = 0; i < rounds; i++) {
                boolean epochFirst = i % 2 == 0;
                epochs[i] = epochFirst ? bench.epochMillis(i) : 0;
                bare[i] = bench.bareMillis();
                epochs[i] = epochFirst ? epochs[i] : bench.epochMillis(i);
                progress.step();
            }
            report.epochs(
                    bench.steps(), new Alternation.Times("epoch", epochs), new Alternation.Times("bare steps", bare));
        } finally {
            readers.shutdownNow();
        }
    }
}
