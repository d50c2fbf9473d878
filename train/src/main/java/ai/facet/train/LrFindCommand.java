package ai.facet.train;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.files.WritableFolder;
import ai.facet.json.Json;
import ai.facet.train.config.DataConfig;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.input.AnnotationFiles;
import ai.facet.train.report.SweepFiles;
import ai.facet.train.run.LearningRateFinder;
import ai.facet.train.run.MicroBatchChoice;
import ai.facet.train.sweep.RateSweep;
import ai.facet.train.sweep.SweepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet lr-find}. */
@Command(
        name = "lr-find",
        sortOptions = false,
        description = {
            "Find a learning rate: train for some steps with a rising rate and see how the loss follows.",
            "",
            "Takes the options of facet train, so that the same line works; --epochs, --patience, --schedule and --ema have"
                    + " no say here. The weights are thrown away: no data, run or checkpoint is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet lr-find --data people.csv",
            "  With a plot, for another network:",
            "    facet lr-find --data people.csv --network bottleneck-skip --output lr",
            "  For fine-tuning an earlier run:",
            "    facet lr-find --data other.csv --init-from runs/people/best.safetensors --freeze base",
            "Exit code: 0 done, 1 if no sweep suggests a rate (the reason is printed), 2 bad arguments."
        })
public final class LrFindCommand implements Callable<Integer> {
    private static final double LOWEST_RATE = 1e-7; // as fastai
    private static final double HIGHEST_RATE = 10; // as fastai
    private static final double TRIANGLE_TOP = 10; // times the rate of facet train
    private static final double TRIANGLE_SPAN = 1000;

    /** Which sweeps to run. */
    enum Sweeps {
        EXPONENTIAL,
        TRIANGULAR,
        BOTH;

        List<RateSweep.Kind> kinds() {
            return switch (this) {
                case EXPONENTIAL -> List.of(RateSweep.Kind.EXPONENTIAL);
                case TRIANGULAR -> List.of(RateSweep.Kind.TRIANGULAR);
                case BOTH -> List.of(RateSweep.Kind.EXPONENTIAL, RateSweep.Kind.TRIANGULAR);
            };
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--sweep",
            paramLabel = "KIND",
            defaultValue = "exponential",
            description =
                    "exponential: every step multiplies the rate by the same factor. triangular: straight up, then"
                            + " straight down. both: one after the other from the same weights. Default: ${DEFAULT-VALUE}.")
    private Sweeps sweeps = Sweeps.EXPONENTIAL;

    @Option(
            names = "--from",
            paramLabel = "RATE",
            description = "Lowest rate. Default: 1e-7; triangular: a thousandth of the highest.")
    private @Nullable Double from;

    @Option(
            names = "--to",
            paramLabel = "RATE",
            description = "Highest rate. Default: 10; triangular: ten times what facet train would use.")
    private @Nullable Double to;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int steps = 200;

    @Option(
            names = "--smoothing",
            paramLabel = "PART",
            defaultValue = "0.9",
            description = "How much of the mean of earlier losses each step keeps; more is smoother and lags further"
                    + " behind. Default: ${DEFAULT-VALUE}.")
    private double smoothing = 0.9;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "Write lr-find.html, lr-find.png and lr-find.json there. Default: only print.")
    private @Nullable Path output;

    @Option(names = "--overwrite", description = "Write into a folder that is not empty.")
    private boolean overwrite;

    @Option(names = "--json", description = "Print JSON, with every step, instead of a table.")
    private boolean json;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu, gpu:N, or several as for facet train. Default: ${DEFAULT-VALUE}.")
    private String device = "auto";

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the engine. Default: the processors.")
    private @Nullable Integer threads;

    @ArgGroup(validate = false)
    private CacheOptions cache = new CacheOptions();

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

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the specification
    public LrFindCommand() {}

    @Override
    public Integer call() throws IOException {
        Path csv = data.data;
        if (csv == null) {
            throw UserException.badArguments("lr-find needs --data CSV. See facet lr-find --help");
        }
        training.spec(); // a wrong name is told before the CSV is read
        if (output != null) {
            requireWritable(output);
        }
        DataConfig dataConfig = data.resolve(csv, columns);
        AnnotationTable table = AnnotationFiles.read(dataConfig);
        TrainingConfig trainingConfig = training.resolve(table, optimizer, loss, augmentation);
        int engineThreads = threads != null ? RunConfig.requireThreads(threads) : TrainingDefaults.threads();
        if (training.fitsMemory()) {
            trainingConfig = MicroBatchChoice.choose(trainingConfig, table.schema(), device, engineThreads);
        }
        RunConfig config = new RunConfig(
                dataConfig, trainingConfig, engineThreads, device, 1, !cache.noCache, false, 0, cache.folder(null));
        SweepResult result = new LearningRateFinder(config, table, training.initFrom)
                .run(sweeps(trainingConfig.optimizer().learningRate()), checkedSmoothing());
        if (output != null) {
            SweepFiles.write(output, trainingConfig, result);
        }
        spec.commandLine().getOut().print(json ? Json.writePretty(result.toJson()) : result.toText());
        spec.commandLine().getOut().flush();
        return result.known() ? ExitCodes.DONE : ExitCodes.FAILED; // the text has said why
    }

    private void requireWritable(Path folder) throws IOException {
        if (overwrite) {
            WritableFolder.require("--output", folder);
        } else {
            WritableFolder.requireNew("--output", folder, ", or add --overwrite");
        }
    }

    private double checkedSmoothing() {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw UserException.badArguments("--smoothing is " + smoothing + "; expected 0 to below 1");
        }
        return smoothing;
    }

    private List<RateSweep> sweeps(double trainingRate) {
        try {
            return sweeps.kinds().stream()
                    .map(kind -> sweep(kind, trainingRate))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }

    private RateSweep sweep(RateSweep.Kind kind, double trainingRate) {
        boolean exponential = kind == RateSweep.Kind.EXPONENTIAL;
        double top = to != null ? to : exponential ? HIGHEST_RATE : TRIANGLE_TOP * trainingRate;
        double bottom = from != null ? from : exponential ? LOWEST_RATE : top / TRIANGLE_SPAN;
        return new RateSweep(kind, bottom, top, steps);
    }
}
