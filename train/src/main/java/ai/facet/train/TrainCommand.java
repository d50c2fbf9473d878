package ai.facet.train;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.DoubtfulClass;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.cli.UserException;
import ai.facet.train.config.DataConfig;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.RunLimits;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.input.AnnotationFiles;
import ai.facet.train.run.MicroBatchChoice;
import ai.facet.train.run.RunFolder;
import ai.facet.train.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code facet train}. */
@Command(
        name = "train",
        sortOptions = false,
        description = {
            "Train a network on the pictures of a CSV file.",
            "",
            "The CSV has a column image_path (relative to the CSV) and one column per attribute; an empty cell is a"
                    + " missing label. The run folder receives checkpoints, metrics and report.html."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  Defaults; at the end open the report.html that is named:",
            "    facet train --data people.csv",
            "  Larger pictures, more epochs, a folder of your choice:",
            "    facet train --data people.csv --size 128 --epochs 30 --output runs/people-128",
            "  Go on after Ctrl-C, a crash or a power cut:",
            "    facet train --resume runs/people-128",
            "  Pictures of one person stay on one side of the split:",
            "    facet train --data people.csv --group-column person_id",
            "  At most an hour, and stop when nothing improves for 5 epochs:",
            "    facet train --data people.csv --max-time 60 --patience 5",
            "  Two GPUs share each batch of 128:",
            "    facet train --data people.csv --device gpu:0,gpu:1 --batch-size 128",
            "  Decode pictures once for many runs:",
            "    facet train --data people.csv --cache cache/people"
        })
public final class TrainCommand implements Callable<Integer> {
    private static final Set<String> WITH_RESUME = Set.of(
            "--resume",
            "--allow-different",
            "--device",
            "--threads",
            "--checkpoint-every",
            "--max-time",
            "--cache",
            "--no-cache",
            "--no-samples",
            "--unsure-risk",
            "--verbose");
    private static final double CHECKPOINT_MINUTES = 5;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Spec
    private CommandSpec spec;

    @ArgGroup(validate = false, heading = "%nData:%n")
    private TrainDataOptions data = new TrainDataOptions();

    @ArgGroup(validate = false, heading = "%nColumns of the CSV:%n")
    private AnnotationArguments columns = new AnnotationArguments();

    @ArgGroup(validate = false, heading = "%nNetwork and training:%n")
    private TrainOptions training = new TrainOptions();

    @ArgGroup(validate = false, heading = "%nOptimizer:%n")
    private OptimizerOptions optimizer = new OptimizerOptions();

    @ArgGroup(validate = false, heading = "%nLoss:%n")
    private LossOptions loss = new LossOptions();

    @ArgGroup(validate = false, heading = "%nAugmentation:%n")
    private AugmentationOptions augmentation = new AugmentationOptions();

    @ArgGroup(validate = false, heading = "%nRun:%n")
    private TrainRunOptions run = new TrainRunOptions();

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the specification
    public TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        Path resume = run.resume;
        try (TrainingRun opened = resume != null ? resumed(resume) : fresh()) {
            spec.commandLine().getOut().print(opened.train());
            spec.commandLine().getOut().flush();
        }
        return ExitCodes.DONE;
    }

    private TrainingRun fresh() throws IOException {
        Path csv = data.data;
        if (csv == null) {
            throw UserException.badArguments(
                    "train needs --data CSV for a new run, or --resume FOLDER. See facet train --help");
        }
        training.spec(); // a wrong name is told before the CSV is read
        Path folder = output();
        RunFolder.requireNew(folder);
        DataConfig dataConfig = data.resolve(csv, columns);
        AnnotationTable table = AnnotationFiles.read(dataConfig);
        if (dataConfig.schema() == null) {
            System.err.print(DoubtfulClass.summary(DoubtfulClass.of(table)));
        }
        RunConfig config = config(dataConfig, table);
        if (training.fitsMemory()) {
            config = config.with(
                    MicroBatchChoice.choose(config.training(), table.schema(), config.device(), config.threads()));
        }
        return TrainingRun.start(config, table, folder, limits(), training.initFrom);
    }

    /**
     * Whether a new run could begin with these options, as far as that can be said without an engine.
     *
     * @param options of {@code facet train}, without those that name the data
     * @param table what would be trained on
     * @throws UserException (exit 2) for what it would refuse
     */
    static void require(List<String> options, AnnotationTable table) throws IOException {
        TrainCommand command = new TrainCommand();
        FacetCommands.parse(command, options);
        Path unused = Path.of("");
        command.config(command.data.resolve(unused, command.columns), table);
    }

    /** With the micro-batch that was asked for, or the whole batch. */
    private RunConfig config(DataConfig dataConfig, AnnotationTable table) throws IOException {
        return new RunConfig(
                dataConfig,
                training.resolve(table, optimizer, loss, augmentation),
                run.threads != null ? run.threads : TrainingDefaults.threads(),
                run.device != null ? run.device : "auto",
                run.checkpointEvery != null ? run.checkpointEvery : CHECKPOINT_MINUTES,
                !run.cache.noCache,
                !run.noSamples,
                run.unsureRisk != null ? run.unsureRisk : 0,
                run.cache.folder(null));
    }

    private TrainingRun resumed(Path folder) throws IOException {
        List<String> unwanted = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !WITH_RESUME.contains(name))
                .toList();
        if (!unwanted.isEmpty()) {
            throw UserException.badArguments("--resume goes on with the configuration in "
                    + folder.resolve("config.json") + ", so " + String.join(", ", unwanted)
                    + " cannot be given with it. For other settings begin a new run; with --init-from "
                    + RunFolder.best(folder) + " it begins with these weights");
        }
        RunConfig stored = RunConfig.read(folder);
        RunConfig config = new RunConfig(
                stored.data(),
                stored.training(),
                run.threads != null ? run.threads : stored.threads(),
                run.device != null ? run.device : stored.device(),
                run.checkpointEvery != null ? run.checkpointEvery : stored.checkpointMinutes(),
                (stored.cache() || run.cache.cache != null) && !run.cache.noCache,
                stored.samples() && !run.noSamples,
                run.unsureRisk != null ? run.unsureRisk : stored.unsureRisk(),
                run.cache.folder(stored.cacheFolder()));
        return TrainingRun.resume(config, folder, run.allowDifferent, limits());
    }

    private Path output() throws IOException {
        return run.output != null
                ? run.output
                : Path.of(
                        "runs",
                        LocalDateTime.now(java.time.ZoneId.systemDefault()).format(STAMP) + "-"
                                + training.spec().name());
    }

    private RunLimits limits() {
        return RunLimits.ofMinutes(run.maxTime);
    }
}
