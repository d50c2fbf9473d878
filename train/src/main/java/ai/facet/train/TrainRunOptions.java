package ai.facet.train;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where and how long to train, without changing which weights come out. */
final class TrainRunOptions {
    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "New run folder. Default: runs/<date>-<time>-<preset>.")
    @Nullable
    Path output;

    @Option(
            names = "--resume",
            paramLabel = "FOLDER",
            description = "Go on with an interrupted run, bit for bit as if it had not stopped. The run's own"
                    + " configuration holds; only options of this group may be given.")
    @Nullable
    Path resume;

    @Option(
            names = "--allow-different",
            description =
                    "Resume with another thread count, device, number of devices or version, although last digits may differ.")
    boolean allowDifferent;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "auto, cpu, gpu or gpu:N; or several GPUs that share each batch, such as gpu:0,gpu:1 (cpu,cpu does"
                            + " the same on the CPU, without gain). Batch normalisation sees the pictures of one device, and keeps"
                            + " the mean of their running statistics. Default: auto (a GPU if the engine has one).")
    @Nullable
    String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the engine. Default: the processors.")
    @Nullable
    Integer threads;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "MINUTES",
            description = "Also store a checkpoint in the middle of long epochs. Default: 5.")
    @Nullable
    Double checkpointEvery;

    @Option(
            names = "--max-time",
            paramLabel = "MINUTES",
            description = "Store a checkpoint and end after this time; --resume goes on.")
    @Nullable
    Double maxTime;

    @ArgGroup(validate = false)
    CacheOptions cache = new CacheOptions();

    @Option(
            names = "--unsure-risk",
            paramLabel = "SHARE",
            description =
                    "At the end choose for each attribute from which probability on answers are given, so that with"
                            + " 95 %% confidence at most this share of them is wrong; the rest is \"unsure\". A share of 0.1 takes at"
                            + " least 57 validation pictures, 0.01 at least 597. Default: 0, always answer.")
    @Nullable
    Double unsureRisk;

    @Option(names = "--no-samples", description = "Show no pictures in the report.")
    boolean noSamples;
}
