package ai.facet.train.compare;

import ai.facet.annotations.AnnotationTable;
import ai.facet.cli.UserException;
import ai.facet.files.FileTree;
import ai.facet.files.RegularFiles;
import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.network.NetworkSpec;
import ai.facet.network.NetworkSummary;
import ai.facet.schema.Attribute;
import ai.facet.train.compare.ChildProcess.Ended;
import ai.facet.train.compare.NetworkResult.Cost;
import ai.facet.train.compare.NetworkResult.Usage;
import ai.facet.train.config.RunConfig;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.report.MetricsFiles;
import ai.facet.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trains one network after the other on the same pictures and measures each. */
public final class Experiment {
    private static final String MAIN = "ai.facet.train.TrainMain";

    private final Plan plan;
    private final ExperimentFolder folder;

    /**
     * What is compared.
     *
     * @param table the chosen pictures
     * @param networks by the argument that names each to {@code facet train}
     * @param settings everything else that decides what comes out, for {@code experiment.json}
     * @param trainArguments further options of {@code facet train}
     * @param runArguments options that change no result, such as {@code --threads}; also for {@code facet evaluate}
     */
    public record Plan(
            AnnotationTable table,
            Map<String, NetworkSpec> networks,
            int sizePx,
            Map<String, Object> settings,
            List<String> trainArguments,
            List<String> runArguments) {
        private static final int LARGEST_TRIED_PX = 1024;

        /**
         * Fails for a network that cannot take pictures of this size: better now than after hours with the others.
         *
         * @throws UserException (exit 2) naming the smallest size that suits all, if one up to 1,024 px does
         */
        public void requireSize() {
            try {
                costs(sizePx);
            } catch (IllegalArgumentException e) {
                String better = IntStream.rangeClosed(sizePx, LARGEST_TRIED_PX)
                        .filter(this::suits)
                        .mapToObj(px -> "; --size " + px + " is the smallest that suits all of these networks")
                        .findFirst()
                        .orElse("");
                throw UserException.badArguments("--size is " + sizePx + ": " + e.getMessage() + better);
            }
        }

        private boolean suits(int px) {
            try {
                costs(px);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private void costs(int px) {
            networks.values().forEach(spec -> cost(spec, px));
        }

        /** Null if the network is Java code. */
        private @Nullable Cost cost(NetworkSpec spec, int px) {
            if (spec.factory() != null) {
                return null;
            }
            List<Integer> classes = table.schema().attributes().stream()
                    .map(Attribute::classCount)
                    .toList();
            NetworkSummary summary = NetworkSummary.of(spec, px, px, classes);
            int sees = summary.stages().get(spec.base().size() - 1).receptiveFieldPx();
            return new Cost(summary.parameters(), summary.macs(), sees);
        }
    }

    private Experiment(Plan plan, ExperimentFolder folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /**
     * Does what is left to do and writes the comparison after each network.
     *
     * @return the networks of the plan, then those that earlier calls finished in this folder
     * @throws UserException (exit 2) if the folder holds another experiment
     */
    public static List<NetworkResult> run(Plan plan, Path output) throws IOException {
        Experiment experiment = new Experiment(plan, ExperimentFolder.open(output, plan.table(), plan.settings()));
        List<NetworkResult> results = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, NetworkSpec> network : plan.networks().entrySet()) {
            System.err.printf(
                    "facet: network %d of %d: %s%n",
                    ++number, plan.networks().size(), network.getValue().name());
            results.add(experiment.one(network.getKey(), network.getValue()));
            ComparisonFiles.write(experiment.folder, experiment.withEarlier(results), plan);
        }
        return experiment.withEarlier(results);
    }

    private List<NetworkResult> withEarlier(List<NetworkResult> results) throws IOException {
        List<NetworkResult> all = new ArrayList<>(results);
        for (NetworkResult earlier : folder.finished()) {
            if (results.stream().noneMatch(result -> result.name().equals(earlier.name()))) {
                all.add(earlier);
            }
        }
        return all;
    }

    private NetworkResult one(String argument, NetworkSpec spec) throws IOException {
        requireSameNetwork(spec);
        NetworkResult earlier = folder.result(spec.name());
        if (earlier != null && earlier.finished()) {
            System.err.println("facet: " + spec.name() + " is finished already");
            return earlier;
        }
        Cost cost = plan.cost(spec, plan.sizePx());
        requireUnused(folder.run(spec.name()));
        Usage before = earlier == null ? Usage.NONE : earlier.usage();
        Ended ended =
                ChildProcess.run(MAIN, trainArguments(argument, spec.name()), folder.log(spec.name()), System.err);
        Usage usage = before.plus(ended.seconds(), ended.peakBytes());
        if (ended.exitCode() != 0) {
            String why = ended.toldToEnd() ? "stopped" : ended.reason() + " (" + folder.log(spec.name()) + ")";
            NetworkResult failed = stored(NetworkResult.failed(spec.name(), why, cost, usage));
            if (ended.toldToEnd()) {
                throw UserException.failed("stopped while " + spec.name() + " trained; the same command goes on");
            }
            return failed;
        }
        return stored(measured(spec.name(), cost, usage));
    }

    /** A comparison that was killed leaves the training process that it waited for. */
    private static void requireUnused(Path run) throws IOException {
        if (RunFolder.isRun(run) && RunFolder.isInUse(run)) {
            throw UserException.failed(run + " is still being trained, by a process that an earlier comparison began."
                    + " Wait for it or end it; then the same command goes on");
        }
    }

    private NetworkResult stored(NetworkResult result) throws IOException {
        folder.store(result);
        return result;
    }

    private void requireSameNetwork(NetworkSpec spec) throws IOException {
        Path run = folder.run(spec.name());
        if (Files.exists(run.resolve(RunConfig.FILE))
                && !RunConfig.read(run).training().network().equals(spec)) {
            throw UserException.badArguments(
                    run + " was trained with another network called " + spec.name() + ". Give yours another name");
        }
    }

    /** A run that has its configuration goes on; a folder without one was left by a start that was killed. */
    private List<String> trainArguments(String argument, String name) throws IOException {
        Path run = folder.run(name);
        List<String> arguments = new ArrayList<>(List.of("train"));
        if (Files.exists(run.resolve(RunConfig.FILE))) {
            arguments.addAll(List.of("--resume", run.toString()));
        } else {
            FileTree.remove(run);
            arguments.addAll(folder.dataArguments(plan.table()));
            arguments.addAll(List.of("--network", argument, "--output", run.toString()));
            arguments.addAll(plan.trainArguments());
        }
        arguments.addAll(plan.runArguments());
        return arguments;
    }

    private NetworkResult measured(String name, @Nullable Cost cost, Usage usage) throws IOException {
        try {
            List<EpochMetrics> history = MetricsFiles.read(folder.run(name));
            EpochMetrics best = EpochMetrics.best(history);
            if (best == null) {
                throw new IOException("the run has no epochs");
            }
            double seconds = history.stream().mapToDouble(EpochMetrics::seconds).sum();
            Path split = folder.run(name).resolve("split.json");
            return new NetworkResult(
                    name,
                    "",
                    cost,
                    usage.trainedFor(seconds),
                    history.size(),
                    best.epoch(),
                    Json.parseObject(RegularFiles.readText(split), split.toString())
                            .string("hash"),
                    scores(name, "train"),
                    scores(name, "validation"));
        } catch (IOException | JsonException e) {
            return NetworkResult.failed(name, "cannot be measured: " + e.getMessage(), cost, usage);
        }
    }

    private List<Score> scores(String name, String side) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--json", "--split", side));
        arguments.addAll(List.of("--data", folder.picturesFile().toString()));
        arguments.addAll(ExperimentFolder.boxArguments(plan.table()));
        arguments.addAll(List.of(
                "--checkpoint", folder.run(name).resolve("best.safetensors").toString()));
        arguments.addAll(plan.runArguments());
        Ended ended = ChildProcess.run(MAIN, arguments, folder.log(name), System.err);
        if (ended.toldToEnd()) {
            throw UserException.failed("stopped while " + name + " was measured; the same command goes on");
        }
        if (ended.exitCode() != 0) {
            throw new IOException(ended.reason() + " (" + folder.log(name) + ")");
        }
        return Score.fromJson(Json.parseObject(ended.out(), "facet evaluate"));
    }
}
