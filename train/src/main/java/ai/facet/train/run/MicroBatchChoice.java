package ai.facet.train.run;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.facet.cli.UserException;
import ai.facet.network.NetworkSummary;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.Devices;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.memory.AvailableMemory;
import ai.facet.train.memory.ByteText;
import ai.facet.train.memory.MemoryEstimate;
import ai.facet.train.memory.MicroBatches;
import ai.facet.train.memory.ProcessMemory;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * {@code --micro-batch auto}: the largest part of a batch whose step fits into the memory that is free, by the estimate
 * first and then by a trial. Engine thread only.
 */
public final class MicroBatchChoice {
    private static final Logger LOG = LogManager.getLogger();

    private final TrainingConfig config;
    private final AttributeSchema schema;
    private final Device device;
    private final NetworkSummary network;

    private MicroBatchChoice(TrainingConfig config, AttributeSchema schema, Device device) {
        this.config = config;
        this.schema = schema;
        this.device = device;
        this.network = NetworkSummary.of(
                config.network(),
                config.sizePx(),
                config.sizePx(),
                schema.attributes().stream().map(Attribute::classCount).toList());
    }

    /**
     * The configuration with the micro-batch chosen.
     *
     * @param deviceRequest as for {@link Devices#choose}
     * @throws UserException (exit 2) if it cannot be known what fits: on a GPU or several devices, outside Linux, with a network that is
     *     Java code; (exit 1) if nothing fits
     */
    public static TrainingConfig choose(
            TrainingConfig config, AttributeSchema schema, String deviceRequest, int threads) {
        if (config.network().factory() != null) {
            throw cannotKnow("the network is Java code");
        }
        Devices devices = Devices.choose(deviceRequest, threads);
        if (devices.several()) {
            throw cannotKnow("several devices are named");
        }
        Device device = devices.first();
        if (device.isGpu()) {
            throw cannotKnow("the free memory of a GPU is not known");
        }
        OptionalLong free = AvailableMemory.bytes();
        OptionalLong own = ProcessMemory.residentBytes();
        if (free.isEmpty() || own.isEmpty()) {
            throw cannotKnow("this system does not tell how much memory is free");
        }
        return new MicroBatchChoice(config, schema, device).within(free.getAsLong() + own.getAsLong());
    }

    private static UserException cannotKnow(String why) {
        return UserException.badArguments(
                "auto cannot choose a micro-batch: " + why + ". Give a number with --micro-batch");
    }

    /** @param bytes that this process may have altogether */
    private TrainingConfig within(long bytes) {
        int most = config.batchSize();
        while (true) {
            OptionalInt largest = largestUpTo(most, bytes);
            if (largest.isEmpty()) {
                throw nothingFits(bytes);
            }
            TrainingConfig chosen = config.withMicroBatch(largest.getAsInt());
            if (fitsInTruth(chosen, bytes)) {
                return chosen;
            }
            most = largest.getAsInt() - 1;
        }
    }

    private OptionalInt largestUpTo(int most, long bytes) {
        return MicroBatches.of(config.batchSize()).stream()
                .mapToInt(n -> n)
                .filter(n -> n <= most && MicroBatches.fits(MemoryEstimate.of(network, config.optimizer(), n), bytes))
                .findFirst();
    }

    private boolean fitsInTruth(TrainingConfig chosen, long bytes) {
        try {
            OptionalLong peak = new TrialStep(chosen, schema, device).peakBytes();
            boolean fits = peak.orElse(0) <= MicroBatches.USABLE_SHARE * bytes;
            LOG.info(
                    "--micro-batch auto: {} of {} pictures at a time: estimated {}, a trial took {} of {} that are"
                            + " free{}",
                    chosen.microBatch(),
                    chosen.batchSize(),
                    ByteText.of(MemoryEstimate.of(network, config.optimizer(), chosen.microBatch())
                            .totalBytes()),
                    ByteText.of(peak.orElse(0)),
                    ByteText.of(bytes),
                    fits ? "" : ": too much");
            return fits;
        } catch (EngineException e) {
            LOG.info("--micro-batch auto: {} pictures at a time do not fit: {}", chosen.microBatch(), e.getMessage());
            return false;
        }
    }

    private UserException nothingFits(long bytes) {
        int smallest = MicroBatches.of(config.batchSize()).stream()
                .mapToInt(n -> n)
                .min()
                .orElse(config.batchSize());
        long needed = MemoryEstimate.of(network, config.optimizer(), smallest).totalBytes();
        return UserException.failed("no micro-batch fits: " + smallest + " pictures of " + config.sizePx() + " px need "
                + ByteText.of(needed) + " with " + config.network().name() + ", and of " + ByteText.of(bytes)
                + " that are free, " + Math.round(MicroBatches.USABLE_SHARE * 100)
                + " % may be used. Choose a smaller --size, a lighter --network or a --batch-size with more divisors");
    }
}
