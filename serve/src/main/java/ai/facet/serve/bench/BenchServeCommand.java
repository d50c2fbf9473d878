package ai.facet.serve.bench;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.UserException;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.inference.PrecisionChoice;
import ai.facet.serve.inference.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet bench serve}. */
@Command(
        name = "serve",
        sortOptions = false,
        description = {
            "Measure what a model answers for each second of a processor: in this process, and over HTTP by a server in a "
                    + "process of its own.",
            "First as many requests as the server takes (closed loop), then runs at a fixed rate (open loop), in which each "
                    + "request counts from the time at which it was to be sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet bench serve --model bundles/person",
            "  facet bench serve --model bundles/person --images photos --seconds 20 --rate 100 --json"
        })
public final class BenchServeCommand implements Callable<Integer> {
    private static final Logger LOG = LogManager.getLogger();
    private static final String NAME = "bench";
    private static final double HALF = 0.5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "BUNDLE", description = "A bundle folder or .onnx file.")
    private Path model;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Pictures to ask about, up to 256. Default: drawn JPEGs.")
    private @Nullable Path images;

    @Option(
            names = "--image-side",
            paramLabel = "PX",
            defaultValue = "224",
            description = "Side of the drawn JPEGs. Default: ${DEFAULT-VALUE}.")
    private int imageSidePx;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Length of each run. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "30",
            description =
                    "Seconds for the JVM's compiler before the first run in each process: it takes a seventh of the "
                            + "server's time in the first half minute. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "16",
            description = "Of the closed loop. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second of the open loop. Default: half of what the closed loop found.")
    private @Nullable Double rate;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Runs of the open loop; their median counts. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "That answer in this process. Default: the processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--precision", paramLabel = "P", defaultValue = "auto", description = PrecisionChoice.HELP)
    private String precision = "auto";

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "The server's option. Default: ${DEFAULT-VALUE}.")
    private int maxBatch;

    @Option(names = "--json", description = "JSON instead of a table.")
    private boolean json;

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public BenchServeCommand() {}

    @Override
    public Integer call() throws IOException {
        check();
        BenchPictures pictures = BenchPictures.of(images, imageSidePx);
        ServeReport report = new ServeReport();
        inProcess(pictures, report);
        List<String> arguments = List.of(
                "--model", NAME + "=" + model, "--precision", precision, "--max-batch", Integer.toString(maxBatch));
        try (ServerProcess server = ServerProcess.start(List.of(), arguments)) {
            overHttp(server, pictures, report);
        }
        spec.commandLine().getOut().print(json ? report.toJson() + System.lineSeparator() : report.toText());
        spec.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }

    private void check() {
        require("--seconds", seconds, 1, 3600);
        require("--warm-up", warmUpSeconds, 0, 3600);
        require("--connections", connections, 1, 1000);
        require("--runs", runs, 1, 100);
        require("--threads", threads, 1, 256);
        require("--image-side", imageSidePx, 8, 8000);
        if (rate != null && !(rate > 0 && rate <= 1_000_000)) {
            throw UserException.badArguments("--rate is " + rate + "; expected more than 0 requests a second");
        }
    }

    private static void require(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw UserException.badArguments(option + " is " + value + "; expected " + min + " to " + max);
        }
    }

    private void inProcess(BenchPictures pictures, ServeReport report) throws IOException {
        InferenceOptions options = InferenceOptions.DEFAULT.with(PrecisionChoice.of(precision));
        try (Predictor predictor = Predictor.open(model, options)) {
            report.about(model, predictor, pictures, warmUpSeconds);
            InProcess here = new InProcess(predictor, pictures.encoded());
            LOG.info("in this process, after {} s to warm up", warmUpSeconds);
            here.run(threads, Duration.ofSeconds(warmUpSeconds));
            report.inProcess(threads, here.run(threads, Duration.ofSeconds(seconds)));
        }
    }

    private void overHttp(ServerProcess server, BenchPictures pictures, ServeReport report) throws IOException {
        List<byte[]> requests = pictures.encoded().stream()
                .map(picture -> HttpLoad.request("/predictions/" + NAME, picture))
                .toList();
        HttpLoad load = new HttpLoad(server.port(), requests);
        LOG.info("over HTTP, closed loop, after {} s to warm up", warmUpSeconds);
        load.closed(connections, Duration.ofSeconds(warmUpSeconds));
        Measured capacity = measured(server, () -> load.closed(connections, Duration.ofSeconds(seconds)));
        report.closed(connections, capacity);
        double perSecond = rate != null ? rate : capacity.load().perSecond() * HALF;
        List<Measured> open = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            LOG.info("over HTTP, open loop, run {} of {}", run, runs);
            open.add(measured(server, () -> load.open(openConnections(), perSecond, Duration.ofSeconds(seconds))));
        }
        report.open(perSecond, open);
    }

    /** Enough that a request is late only if the server lets many wait. */
    private int openConnections() {
        return Math.max(64, connections);
    }

    /** A run's requests, and what the server spent on them. */
    record Measured(LoadResult load, double cpuSeconds, BatchSizes batches, long residentBytes) {
        double perCpuSecond() {
            return load.answered() / cpuSeconds;
        }
    }

    /** A run. */
    private interface Run {
        LoadResult run();
    }

    private static Measured measured(ServerProcess server, Run run) throws IOException {
        BatchSizes batches = BatchSizes.parse(server.metrics());
        double cpu = server.cpuSeconds();
        LoadResult load = run.run();
        if (load.answered() == 0) {
            throw UserException.failed("the server answered none of " + load.requests()
                    + " requests with 200: statuses " + load.statuses() + ", without an answer " + load.failures());
        }
        return new Measured(
                load,
                server.cpuSeconds() - cpu,
                BatchSizes.parse(server.metrics()).since(batches),
                server.residentBytes());
    }
}
