package ai.facet.train;

import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.NetworkArgument;
import ai.facet.cli.UserException;
import ai.facet.files.ModelFileKind;
import ai.facet.files.RegularFiles;
import ai.facet.files.Sha256;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.LossConfig;
import ai.facet.train.config.StartConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.config.TrainingDefaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of network, length and randomness. What is not given is chosen by {@link TrainingDefaults}. */
final class TrainOptions {
    @Option(
            names = "--network",
            paramLabel = "PRESET|FILE|java:CLASS",
            defaultValue = "facet-s",
            completionCandidates = PresetNames.class,
            description =
                    "One of ${COMPLETION-CANDIDATES}, a JSON file with a network of your own (see facet networks), or a"
                            + " Java class on FACET_CLASSPATH that implements ai.facet.blocks.NetworkFactory."
                            + " Default: ${DEFAULT-VALUE}, the light one.")
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
            paramLabel = "N|auto",
            converter = NumberOrAuto.Converter.class,
            description =
                    "Pictures per step. Default: 64, less for small sets. auto: this default, in micro-batches that fit"
                            + " into memory (--micro-batch auto).")
    @Nullable
    NumberOrAuto batchSize;

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

    @Option(
            names = "--micro-batch",
            paramLabel = "N|auto",
            converter = NumberOrAuto.Converter.class,
            description =
                    "Pictures on a device at once, a divisor of --batch-size; a step adds up their gradients. Batch"
                            + " normalisation sees only these, so below 8 or so results suffer. auto: as many as fit"
                            + " into the free memory (Linux, one CPU device); config.json keeps the choice, and --resume uses it."
                            + " Default: the whole batch, or a device's share of it.")
    @Nullable
    NumberOrAuto microBatch;

    @Option(
            names = "--balance",
            paramLabel = "ATTRIBUTE",
            split = ",",
            splitSynopsisLabel = ",",
            description =
                    "Draw pictures so that the classes of these attributes come up equally often: pictures of rare"
                            + " classes several times an epoch, others not in every one. Default: every picture once an epoch.")
    List<String> balance = List.of();

    @Option(
            names = "--init-from",
            paramLabel = "CHECKPOINT",
            description = "Begin with the weights of an earlier run's best.safetensors where they fit, also for other"
                    + " attributes (fine-tuning).")
    @Nullable
    Path initFrom;

    @Option(
            names = "--freeze",
            paramLabel = "PATTERN",
            description = "Never change these parameters, nor the statistics of their batch normalisation: a path, its"
                    + " beginning, or with * for any text, for instance base. Repeatable.")
    List<String> frozen = List.of();

    /** Whether the micro-batch is to be chosen by the memory that is free. */
    boolean fitsMemory() {
        return NumberOrAuto.isAuto(microBatch) || NumberOrAuto.isAuto(batchSize) && microBatch == null;
    }

    /**
     * The network that was chosen.
     *
     * @throws UserException (exit 2) if there is none of this name, or its file is wrong
     */
    NetworkSpec spec() throws IOException {
        try {
            return NetworkArgument.resolve(network);
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }

    private static String hash(Path checkpoint) throws IOException {
        String other = ModelFileKind.insteadOfCheckpoint(checkpoint);
        if (!other.isEmpty()) {
            throw new IOException(other);
        }
        RegularFiles.require(checkpoint);
        return Sha256.of(checkpoint);
    }

    private List<String> balancedBy(AttributeSchema schema) {
        for (String id : balance) {
            if (schema.attributes().stream().noneMatch(a -> a.id().equals(id))) {
                throw new IllegalArgumentException("--balance: there is no attribute \"" + id + "\"; expected some of "
                        + schema.attributes().stream().map(Attribute::id).toList());
            }
        }
        return balance;
    }

    /**
     * The configuration with every automatic value chosen.
     *
     * @param table what there is to learn
     * @throws UserException (exit 2) if a value is out of range
     * @throws IOException if a network's file cannot be read
     */
    TrainingConfig resolve(
            AnnotationTable table, OptimizerOptions optimizer, LossOptions loss, AugmentationOptions augmentation)
            throws IOException {
        int trainingPictures = table.size(); // about
        int batch = NumberOrAuto.or(batchSize, TrainingDefaults.batchSize(trainingPictures));
        try {
            LossConfig lossConfig = loss.resolve();
            lossConfig.requireKnown(table.schema());
            return new TrainingConfig(
                    spec(),
                    size,
                    epochs != null ? epochs : TrainingDefaults.epochs(trainingPictures),
                    batch,
                    NumberOrAuto.or(microBatch, batch),
                    optimizer.resolve(batch),
                    lossConfig,
                    augmentation.resolve(),
                    seed,
                    initSeed != null ? initSeed : seed,
                    validationFraction,
                    patience,
                    balancedBy(table.schema()),
                    new StartConfig(initFrom == null ? "" : hash(initFrom), frozen));
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
    }

    /** The names of presets, for help and completion. */
    static final class PresetNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Presets.names().iterator();
        }
    }
}
