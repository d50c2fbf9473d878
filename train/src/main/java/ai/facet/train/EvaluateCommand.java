package ai.facet.train;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.cli.ExitCodes;
import ai.facet.evaluation.EvaluationOptions;
import ai.facet.metrics.AccuracyFloors;
import ai.facet.metrics.EvaluationReport;
import ai.facet.train.run.CheckpointEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet evaluate} for checkpoints; the module {@code serve} has the same command for bundles. */
@Command(
        name = "evaluate",
        sortOptions = false,
        description = {
            "Measure a checkpoint on the pictures of a CSV file.",
            "For an exported bundle use --model instead of --checkpoint; it runs on ONNX Runtime."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet evaluate --checkpoint runs/people/best.safetensors --data other-people.csv",
            "  facet evaluate --checkpoint runs/people/best.safetensors --data people.csv --split validation",
            "  facet evaluate --checkpoint runs/people/best.safetensors --data other.csv --min-accuracy gender=0.8"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final Logger LOG = LogManager.getLogger();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "FILE",
            description = "best.safetensors or last.safetensors of a run folder.")
    private Path checkpoint;

    @Mixin
    private EvaluationOptions options = new EvaluationOptions();

    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = "all",
            description = "all, or train, validation or test by the split.json beside the checkpoint. Default: all.")
    private String split = "all";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu or gpu:N. Default: auto.")
    private String device = "auto";

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public EvaluateCommand() {}

    @Override
    public Integer call() throws IOException {
        try (CheckpointEvaluation evaluation = CheckpointEvaluation.open(checkpoint, device, options.threads())) {
            AccuracyFloors floors = options.floors(evaluation.schema());
            AnnotationTable table = CsvAnnotations.read(options.data(), options.csvOptions(evaluation.schema()));
            table.notes().forEach(LOG::warn);
            EvaluationReport report = evaluation.run(table, split, options.skipBadImages());
            options.publish(
                    report,
                    floors,
                    checkpoint.getFileName() + " on " + options.data().getFileName(),
                    spec.commandLine().getOut());
        }
        return ExitCodes.DONE;
    }
}
