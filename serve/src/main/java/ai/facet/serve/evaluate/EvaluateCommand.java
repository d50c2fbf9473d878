package ai.facet.serve.evaluate;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.cli.ExitCodes;
import ai.facet.evaluation.EvaluationOptions;
import ai.facet.evaluation.TrainingDataWarning;
import ai.facet.metrics.AccuracyFloors;
import ai.facet.metrics.EvaluationReport;
import ai.facet.schema.AttributeSchema;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.PrecisionChoice;
import ai.facet.serve.inference.Predictor;
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

/** {@code facet evaluate} for bundles; the module {@code train} has the same command for checkpoints. */
@Command(
        name = "evaluate",
        sortOptions = false,
        description = {
            "Measure an exported model on the pictures of a CSV file, on ONNX Runtime.",
            "For a checkpoint of a run use --checkpoint instead of --model."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet evaluate --model bundles/person --data other-people.csv",
            "  facet evaluate --model bundles/person --data other.csv --min-accuracy gender=0.8 --json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final Logger LOG = LogManager.getLogger();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "BUNDLE",
            description = "A bundle folder or an .onnx file of facet export.")
    private Path model;

    @Mixin
    private EvaluationOptions options = new EvaluationOptions();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda or cuda:N. Default: cpu.")
    private String device = "cpu";

    @Option(names = "--precision", paramLabel = "P", defaultValue = "auto", description = PrecisionChoice.HELP)
    private String precision = "auto";

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public EvaluateCommand() {}

    @Override
    public Integer call() throws IOException {
        int threads = options.threads();
        try (Predictor predictor =
                Predictor.open(model, new InferenceOptions(1, device, PrecisionChoice.of(precision)))) {
            AttributeSchema schema = predictor.description().schema();
            AccuracyFloors floors = options.floors(schema);
            AnnotationTable table = CsvAnnotations.read(options.data(), options.csvOptions(schema));
            table.notes().forEach(LOG::warn);
            String warning = TrainingDataWarning.of(predictor.description(), table);
            if (!warning.isEmpty()) {
                LOG.warn(warning);
            }
            EvaluationReport report =
                    new BundleEvaluation(predictor::predict, threads).run(table, options.skipBadImages());
            String title =
                    predictor.description().name() + " on " + options.data().getFileName();
            options.publish(report, floors, title, spec.commandLine().getOut());
        }
        return ExitCodes.DONE;
    }
}
