package ai.facet.train;

import ai.facet.cli.UserException;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.config.TrainingConfig.OptimizerKind;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.optimize.LearningRateSchedule.Kind;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that decide which weights come out. What is not given is chosen by {@link TrainingDefaults}. */
final class TrainOptions {
    @Option(
            names = "--network",
            paramLabel = "PRESET",
            defaultValue = "facet-s",
            description = "Network preset: facet-s (light) or bottleneck-skip (heavy). Default: ${DEFAULT-VALUE}.")
    String network = "facet-s";

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "96",
            description = "Side of the square that pictures are fitted into. Default: ${DEFAULT-VALUE}.")
    int size;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Times that every training picture is seen. Default: enough for about "
                    + TrainingDefaults.PICTURES_SEEN + " pictures, at least " + TrainingDefaults.FEWEST_EPOCHS + ".")
    @Nullable
    Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Pictures per step; batch normalisation sees as many. Default: 64, less for small sets.")
    @Nullable
    Integer batchSize;

    @Option(
            names = "--optimizer",
            paramLabel = "KIND",
            defaultValue = "adamw",
            description = "adamw, or sgd with momentum. Default: ${DEFAULT-VALUE}.")
    OptimizerKind optimizer = OptimizerKind.ADAMW;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "Highest learning rate. Default: 0.003 for adamw, 0.05 for sgd, each at 64 pictures a step.")
    @Nullable
    Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "KIND",
            defaultValue = "one-cycle",
            converter = ScheduleConverter.class,
            completionCandidates = ScheduleNames.class,
            description = "How the rate moves: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Kind schedule = Kind.ONE_CYCLE;

    @Option(
            names = "--weight-decay",
            paramLabel = "FACTOR",
            description =
                    "Shrinks weights, never biases or batch normalisation. Default: 0.05 for adamw, 0.0005 for sgd.")
    @Nullable
    Double weightDecay;

    @Option(
            names = "--momentum",
            paramLabel = "FACTOR",
            defaultValue = "0.9",
            description = "For sgd. Default: ${DEFAULT-VALUE}.")
    double momentum;

    @Option(
            names = "--label-smoothing",
            paramLabel = "PART",
            defaultValue = "0.05",
            description = "Part of each label spread over all classes. Default: ${DEFAULT-VALUE}.")
    double labelSmoothing;

    @Option(
            names = "--clip-norm",
            paramLabel = "NORM",
            defaultValue = "5",
            description = "Largest norm of all gradients together; 0 for no limit. Default: ${DEFAULT-VALUE}.")
    double clipNorm;

    @Option(names = "--no-flip", description = "Do not mirror pictures. Use it when left and right matter to a label.")
    boolean noFlip;

    @Option(
            names = "--validation-fraction",
            paramLabel = "PART",
            defaultValue = "0.15",
            description = "Part of the pictures kept for validation. Default: ${DEFAULT-VALUE}.")
    double validationFraction;

    @Option(
            names = "--patience",
            paramLabel = "EPOCHS",
            defaultValue = "0",
            description = "Stop after so many epochs without a better score; 0 never. Default: ${DEFAULT-VALUE}.")
    int patience;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides split, order, mirroring and dropout. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--init-seed",
            paramLabel = "N",
            description = "Decides the first weights. Default: the same as --seed.")
    @Nullable
    Long initSeed;

    /**
     * The configuration with every automatic value chosen.
     *
     * @param trainingPictures how many there will be, about
     * @throws UserException (exit 2) if a value is out of range
     */
    TrainingConfig resolve(int trainingPictures) {
        int batch = batchSize != null ? batchSize : TrainingDefaults.batchSize(trainingPictures);
        try {
            return new TrainingConfig(
                    network,
                    size,
                    epochs != null ? epochs : TrainingDefaults.epochs(trainingPictures),
                    batch,
                    optimizer,
                    schedule,
                    learningRate != null ? learningRate : TrainingDefaults.learningRate(optimizer, batch),
                    weightDecay != null ? weightDecay : TrainingDefaults.weightDecay(optimizer),
                    momentum,
                    labelSmoothing,
                    clipNorm,
                    !noFlip,
                    seed,
                    initSeed != null ? initSeed : seed,
                    validationFraction,
                    patience);
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }

    /** The names of schedules, for help and completion. */
    static final class ScheduleNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Kind.values()).map(Kind::id).iterator();
        }
    }

    /** Reads a schedule's name. */
    static final class ScheduleConverter implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String value) {
            try {
                return TrainingConfig.schedule(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
