package ai.facet.train;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.PictureColumnArguments;
import ai.facet.annotations.SplitSide;
import ai.facet.calibration.NetworkCalibration;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.json.Json;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.run.CheckpointEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet calibrate}. */
@Command(
        name = "calibrate",
        sortOptions = false,
        description = {
            "Make a checkpoint's probabilities mean what they say, and choose when it answers \"unsure\".",
            "facet train does this at its end on the validation pictures. Do it again for pictures from where the model"
                    + " will work, then export the checkpoint. The pictures must not be those that it was trained on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet calibrate --checkpoint runs/people/best.safetensors --data entrance-camera.csv",
            "  Be wrong in at most 5 of 100 answers that are given:",
            "    facet calibrate --checkpoint runs/people/best.safetensors --data camera.csv --unsure-risk 0.05",
            "  On the validation pictures of the run itself:",
            "    facet calibrate --checkpoint runs/people/best.safetensors --data people.csv --split validation"
        })
public final class CalibrateCommand implements Callable<Integer> {
    private static final Logger LOG = LogManager.getLogger();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "FILE",
            description = "best.safetensors of a run folder.")
    private Path checkpoint;

    @Option(names = "--data", required = true, paramLabel = "CSV", description = "Pictures and labels.")
    private Path data;

    @Mixin
    private PictureColumnArguments columns = new PictureColumnArguments();

    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = "all",
            description =
                    "validation or test by the split.json beside the checkpoint, or all for pictures that it was not"
                            + " trained on. Default: all.")
    private String split = "all";

    @Option(
            names = "--unsure-risk",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "The largest share of wrong answers among those given, with 95 %% confidence over the 20 thresholds"
                            + " tried: 0.1 takes at least 57 pictures, 0.01 at least 597. Default: 0, always answer.")
    private double unsureRisk;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the calibrated checkpoint. Default: the checkpoint itself.")
    private @Nullable Path output;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu or gpu:N. Default: auto.")
    private String device = "auto";

    @Option(names = "--skip-bad-images", description = "Leave out pictures that cannot be read instead of stopping.")
    private boolean skipBadImages;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public CalibrateCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!(unsureRisk >= 0 && unsureRisk < 1)) {
            throw UserException.badArguments("--unsure-risk is " + unsureRisk + "; expected 0 to below 1");
        }
        if (SplitSide.ofText(split).equals(Optional.of(SplitSide.TRAIN))) {
            throw UserException.badArguments("--split " + split
                    + ": a network is too sure of what it was trained on; expected" + " all, validation or test");
        }
        try (CheckpointEvaluation evaluation =
                CheckpointEvaluation.open(checkpoint, device, TrainingDefaults.threads())) {
            AnnotationTable table =
                    CsvAnnotations.read(data, columns.toColumns().withSchema(evaluation.schema()));
            table.notes().forEach(LOG::warn);
            Path target = output != null ? output : checkpoint;
            NetworkCalibration calibration = evaluation.calibrate(table, split, skipBadImages, unsureRisk, target);
            if (json) {
                calibration.notes().forEach(LOG::warn);
            }
            spec.commandLine()
                    .getOut()
                    .print(
                            json
                                    ? Json.writePretty(calibration.toJson())
                                    : calibration.toText() + "written to " + target + "\n");
            spec.commandLine().getOut().flush();
        }
        return ExitCodes.DONE;
    }
}
