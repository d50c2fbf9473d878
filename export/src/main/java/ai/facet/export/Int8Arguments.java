package ai.facet.export;

import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.CsvAnnotations;
import ai.facet.annotations.CsvOptions;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.evaluation.TrainingDataWarning;
import ai.facet.export.int8.Int8Settings;
import ai.facet.export.int8.RangeMethod;
import ai.facet.export.parity.RealImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code facet export} that make and judge an int8 model. */
final class Int8Arguments {
    private static final Logger LOG = LogManager.getLogger();
    private static final int MOST_PICTURES = 10_000;

    @Option(
            names = "--int8",
            description =
                    "Also write model.int8.onnx, the network in 8-bit integers, and compare it with the other. Needs"
                            + " --calibrate.")
    private boolean int8;

    @Option(
            names = "--calibrate",
            paramLabel = "DIR|CSV",
            description =
                    "Pictures that show the int8 model which values occur, such as the training pictures: a folder,"
                            + " or a CSV with image_path.")
    private @Nullable Path calibrate;

    @Option(
            names = "--calibration-images",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many of them, spread evenly. Default: ${DEFAULT-VALUE}.")
    private int pictures;

    @Option(
            names = "--calibration-method",
            paramLabel = "METHOD",
            defaultValue = "mse",
            description =
                    "How ranges are chosen: min-max, percentile (without one value in 10,000 at each end) or mse (the"
                            + " smallest squared error). Default: ${DEFAULT-VALUE}.")
    private String method = "mse";

    @Option(
            names = "--int8-weight-bits",
            paramLabel = "8|7",
            defaultValue = "8",
            description = "7 for processors without VNNI, whose sums of two 8-bit products may overflow. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int weightBits;

    @Option(
            names = "--evaluate",
            paramLabel = "CSV",
            description =
                    "Held-out pictures with labels to compare int8 and fp32 on. Without it only the share of equal"
                            + " answers on the calibration's pictures is judged.")
    private @Nullable Path evaluate;

    @Option(
            names = "--max-int8-loss",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description =
                    "Exit with 3 and write no bundle if int8 loses more mean balanced accuracy, or if a larger share"
                            + " of the answers changes. Default: ${DEFAULT-VALUE}.")
    private double maxLoss;

    /** Made by Picocli. */
    Int8Arguments() {}

    /**
     * Fails at once for what needs no file to be judged.
     *
     * @throws UserException (exit 2)
     */
    void check() {
        if (!int8 && (calibrate != null || evaluate != null)) {
            throw UserException.badArguments(
                    (calibrate != null ? "--calibrate" : "--evaluate") + " is only used with --int8; add it");
        }
        if (int8 && calibrate == null) {
            throw UserException.badArguments("--int8 needs --calibrate with a folder or CSV of pictures");
        }
        RangeMethod.of(method);
        if (weightBits != 7 && weightBits != 8) {
            throw UserException.badArguments("--int8-weight-bits is " + weightBits + "; expected 8 or 7");
        }
        if (pictures < 1 || pictures > MOST_PICTURES) {
            throw UserException.badArguments(
                    "--calibration-images is " + pictures + "; expected 1 to " + MOST_PICTURES);
        }
        if (!(maxLoss >= 0 && maxLoss <= 1)) {
            throw UserException.badArguments("--max-int8-loss is " + maxLoss + "; expected 0 to 1");
        }
    }

    /**
     * Reads the pictures.
     *
     * @return null if no int8 model is asked for
     * @throws UserException (exit 2) if the held-out pictures are those of the calibration
     */
    @Nullable
    Int8Settings settings(ModelDescription description) throws IOException {
        if (!int8 || calibrate == null) {
            return null;
        }
        if (evaluate != null && Files.exists(evaluate) && Files.isSameFile(evaluate, calibrate)) {
            throw UserException.badArguments(
                    "--evaluate and --calibrate are the same file; expected pictures to judge by"
                            + " that the calibration has not seen");
        }
        AnnotationTable heldOut = evaluate == null ? null : table(evaluate, description);
        return new Int8Settings(
                RealImages.load(calibrate, description.preprocessing(), pictures, "--calibrate"),
                RangeMethod.of(method),
                weightBits,
                heldOut,
                maxLoss);
    }

    private static AnnotationTable table(Path csv, ModelDescription description) throws IOException {
        AnnotationTable table = CsvAnnotations.read(csv, CsvOptions.defaults().withSchema(description.schema()));
        table.notes().forEach(LOG::warn);
        String warning = TrainingDataWarning.of(description, table);
        if (!warning.isEmpty()) {
            LOG.warn(warning);
        }
        if (table.size() == 0) {
            throw UserException.failed(csv + " has no pictures; expected held-out pictures with labels");
        }
        return table;
    }
}
