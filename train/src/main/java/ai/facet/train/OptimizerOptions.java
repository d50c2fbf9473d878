package ai.facet.train;

import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.optimize.LearningRateSchedule.Kind;
import ai.facet.train.optimize.ScheduleTiming;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how gradients change the weights. */
final class OptimizerOptions {
    @Option(
            names = "--optimizer",
            paramLabel = "KIND",
            defaultValue = "adamw",
            description = "adamw, or sgd with momentum. Default: ${DEFAULT-VALUE}.")
    OptimizerConfig.Kind optimizer = OptimizerConfig.Kind.ADAMW;

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
            names = "--halve-every",
            paramLabel = "EPOCHS",
            defaultValue = "10",
            description = "For --schedule step. Default: ${DEFAULT-VALUE}.")
    int halveEvery;

    @Option(
            names = "--plateau-factor",
            paramLabel = "FACTOR",
            defaultValue = "0.5",
            description =
                    "For --schedule plateau: what the rate is multiplied by when the score (mean balanced accuracy)"
                            + " stops improving. Default: ${DEFAULT-VALUE}.")
    double plateauFactor;

    @Option(
            names = "--plateau-patience",
            paramLabel = "EPOCHS",
            defaultValue = "3",
            description = "For --schedule plateau: epochs without a better score that are let pass before the rate is"
                    + " lowered. Default: ${DEFAULT-VALUE}.")
    int plateauPatience;

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
            names = "--clip-norm",
            paramLabel = "NORM",
            defaultValue = "5",
            description = "Largest norm of all gradients together; 0 for no limit. Default: ${DEFAULT-VALUE}.")
    double clipNorm;

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            defaultValue = "0",
            description =
                    "Measure, keep and export an exponential moving average of the weights; 0.99 remembers about the"
                            + " last 100 steps. Default: 0, the weights themselves.")
    double emaDecay;

    OptimizerConfig resolve(int batchSize) {
        return new OptimizerConfig(
                optimizer,
                schedule,
                learningRate != null ? learningRate : TrainingDefaults.learningRate(optimizer, batchSize),
                weightDecay != null ? weightDecay : TrainingDefaults.weightDecay(optimizer),
                momentum,
                clipNorm,
                emaDecay,
                new ScheduleTiming(halveEvery, plateauFactor, plateauPatience));
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
                return Kind.ofId(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
