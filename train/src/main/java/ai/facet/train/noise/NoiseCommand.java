package ai.facet.train.noise;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.ImageFingerprint;
import ai.facet.annotations.ImageScan;
import ai.facet.annotations.ScannedImage;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.NetworkArgument;
import ai.facet.cli.UserException;
import ai.facet.decode.DecodeLimits;
import ai.facet.decode.ImageDecoder;
import ai.facet.files.AtomicFiles;
import ai.facet.files.WritableFolder;
import ai.facet.train.config.AttributeWeighting;
import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.ComputeDevice;
import ai.facet.train.config.DataConfig;
import ai.facet.train.config.LossConfig;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.StartConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.data.Duplicates;
import ai.facet.train.input.AnnotationFiles;
import ai.facet.train.input.PrivateFolders;
import ai.facet.train.loop.ClassWeighting;
import ai.facet.train.optimize.LearningRateSchedule;
import ai.facet.train.run.CheckpointEvaluation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facet data noise}. */
@Command(
        name = "noise",
        sortOptions = false,
        description = {
            "Find labels that are likely to be wrong.",
            "Ranks the rows whose label is confidently contradicted by a network that was not trained on them, estimates"
                    + " the share of wrong labels in each class, and names equal pictures with different labels. Either"
                    + " trains one small network for each of --folds parts on the other parts and judges all rows, or"
                    + " lets --checkpoint judge the validation pictures of its run. Writes report.html and noise.csv."
                    + " The same command goes on after Ctrl-C or a crash."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  All rows, by five small networks:",
            "    facet data noise people.csv --output noise",
            "  The validation rows of a run that you have already:",
            "    facet data noise people.csv --checkpoint runs/people/best.safetensors --output noise",
            "  Pictures that the checkpoint's run did not have:",
            "    facet data noise new.csv --checkpoint runs/people/best.safetensors --split all --output noise"
        })
public final class NoiseCommand implements Callable<Integer> {
    private static final String CSV = "noise.csv";
    private static final String PAGE = "report.html";
    private static final double CHECKPOINT_MINUTES = 60;
    private static final Set<String> FOR_FOLDS =
            Set.of("--folds", "--network", "--size", "--epochs", "--seed", "--no-flip", "--attributes", "--schema");

    @Parameters(paramLabel = "CSV", description = "The annotations.")
    private Path csv = Path.of("");

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "A new folder for report.html, noise.csv and the networks of --folds.")
    private Path output = Path.of("");

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Let this network judge instead of training some.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = "validation",
            description =
                    "With --checkpoint: validation or test by the split.json beside it, or all for pictures that it"
                            + " was not trained on. Default: validation.")
    private String split = "validation";

    @Option(
            names = "--folds",
            paramLabel = "K",
            defaultValue = "5",
            description = "Without --checkpoint: parts, and networks to train. Default: ${DEFAULT-VALUE}.")
    private int folds;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            defaultValue = "facet-s",
            description = "A preset, file or class, as for facet train. Default: ${DEFAULT-VALUE}.")
    private String network = "facet-s";

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "64",
            description = "Side of these networks' input. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Of each of these networks. Default: half as many as facet train chooses.")
    private @Nullable Integer epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of parts and networks. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--no-flip", description = "Do not mirror pictures in training these networks.")
    private boolean noFlip;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu or gpu:N. Default: auto.")
    private String device = "auto";

    @Mixin
    private AnnotationArguments columns = new AnnotationArguments();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by Picocli. */
    public NoiseCommand() {}

    @Override
    public Integer call() throws IOException {
        requireNewOrUnfinished();
        if (split.equals("train")) {
            throw UserException.badArguments(
                    "--split train: a network believes what it was trained on; expected" + " validation, test or all");
        }
        Path judge = checkpoint;
        if (judge != null) {
            requireNothingToTrain();
        }
        NoiseFindings findings = judge != null ? byCheckpoint(judge) : byFolds();
        String how = judge != null
                ? "Judged by " + judge.getFileName() + " on its part \"" + split + "\"."
                : "Judged by " + folds + " networks, each on pictures that it was not trained on.";
        PrivateFolders.create(output); // pictures of persons stand on the page
        AtomicFiles.real().writeText(output.resolve(CSV), NoiseCsv.of(findings));
        Path page = output.resolve(PAGE);
        AtomicFiles.real().writeText(page, NoiseHtml.of(String.valueOf(csv.getFileName()), how, findings));
        spec.commandLine()
                .getOut()
                .print(NoiseText.of(findings) + "rows    " + output.resolve(CSV) + "\nreport  " + page + "\n");
        spec.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }

    private void requireNewOrUnfinished() throws IOException {
        if (checkpoint != null || !FoldPredictions.begunIn(output) || Files.exists(output.resolve(PAGE))) {
            WritableFolder.requireNew("--output", output, "");
        }
    }

    /** A checkpoint's network and attributes are what they are. */
    private void requireNothingToTrain() {
        List<String> useless = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .filter(FOR_FOLDS::contains)
                .toList();
        if (!useless.isEmpty()) {
            throw UserException.badArguments("--checkpoint judges with its own network about its own attributes, so "
                    + String.join(", ", useless) + " cannot be given with it");
        }
    }

    private NoiseFindings byCheckpoint(Path judge) throws IOException {
        try (CheckpointEvaluation evaluation = CheckpointEvaluation.open(judge, device, TrainingDefaults.threads())) {
            AnnotationTable table = AnnotationFiles.read(data(), evaluation.schema());
            List<ScannedImage> scans = scan(table);
            OutOfSample rows = OutOfSample.join(table, List.of(evaluation.judge(table, split, false)));
            return NoiseFindings.of(rows, Duplicates.find(table, scans).conflicts());
        }
    }

    private NoiseFindings byFolds() throws IOException {
        if (folds < 2 || folds > 20) {
            throw UserException.badArguments("--folds is " + folds + "; expected 2 to 20");
        }
        ComputeDevice.choose(device, TrainingDefaults.threads()); // a wrong one is told before the CSV is read
        AnnotationTable table = AnnotationFiles.read(data());
        List<ScannedImage> scans = scan(table);
        List<ImageFingerprint> fingerprints = new ArrayList<>();
        for (ScannedImage scan : scans) {
            ImageFingerprint fingerprint = scan.fingerprint();
            if (fingerprint == null) {
                throw UserException.failed(
                        scan.problem() + "\nRepair or remove it; facet data inspect names all such rows");
            }
            fingerprints.add(fingerprint);
        }
        OutOfSample rows = new FoldPredictions(runConfig(table), folds).run(table, fingerprints, output);
        return NoiseFindings.of(rows, Duplicates.find(table, scans).conflicts());
    }

    private DataConfig data() {
        return new DataConfig(csv, null, null, columns.toColumns(), columns.schemaFile(), false);
    }

    private static List<ScannedImage> scan(AnnotationTable table) throws IOException {
        try {
            return new ImageScan(new ImageDecoder(DecodeLimits.DEFAULT), () -> {})
                    .scan(table.images(), TrainingDefaults.threads());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading pictures");
        }
    }

    private RunConfig runConfig(AnnotationTable table) throws IOException {
        int pictures = table.size() * (folds - 1) / folds;
        int batch = TrainingDefaults.batchSize(pictures);
        OptimizerConfig.Kind kind = OptimizerConfig.Kind.ADAMW;
        try {
            TrainingConfig training = new TrainingConfig(
                    NetworkArgument.resolve(network),
                    size,
                    epochs != null ? epochs : TrainingDefaults.epochs(2 * pictures),
                    batch,
                    batch,
                    new OptimizerConfig(
                            kind,
                            LearningRateSchedule.Kind.ONE_CYCLE,
                            TrainingDefaults.learningRate(kind, batch),
                            TrainingDefaults.weightDecay(kind),
                            0.9,
                            5,
                            0),
                    new LossConfig(0.05, ClassWeighting.NONE, 0, 0, Map.of(), AttributeWeighting.FIXED),
                    new AugmentationConfig(!noFlip),
                    seed,
                    seed,
                    0.15,
                    0,
                    List.of(),
                    new StartConfig("", List.of()));
            return new RunConfig(
                    data(), training, TrainingDefaults.threads(), device, CHECKPOINT_MINUTES, true, false, 0);
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }
}
