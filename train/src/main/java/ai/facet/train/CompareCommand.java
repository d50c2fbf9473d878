package ai.facet.train;

import ai.facet.annotations.AnnotationArguments;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.StratifiedChoice;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.NetworkArgument;
import ai.facet.cli.UserException;
import ai.facet.files.WritableFolder;
import ai.facet.network.NetworkSpec;
import ai.facet.network.Presets;
import ai.facet.train.compare.ComparisonFiles;
import ai.facet.train.compare.Experiment;
import ai.facet.train.compare.Experiment.Plan;
import ai.facet.train.compare.NetworkResult;
import ai.facet.train.config.DataConfig;
import ai.facet.train.input.AnnotationFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facet compare}. */
@Command(
        name = "compare",
        sortOptions = false,
        description = {
            "Train several networks on the same few pictures and compare accuracy, time, memory and cost.",
            "Each is trained in a process of its own, one after the other, with one seed and split. The same command"
                    + " goes on after Ctrl-C or a crash; finished networks are not trained again, and those of earlier"
                    + " calls stay in the report."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  The seven networks of the original project, 500 pictures, 20 epochs:",
            "    facet compare --data people.csv --output runs/compare --size 96",
            "  Three, one of them your own:",
            "    facet compare --data people.csv --output runs/three --networks facet-s,bottleneck-skip,mine.json",
            "  With other options of facet train, after --:",
            "    facet compare --data people.csv --output runs/sgd -- --optimizer sgd --learning-rate 0.01",
            "Exit code: 0 done, 1 if a network failed (the others are compared), 2 bad arguments."
        })
public final class CompareCommand implements Callable<Integer> {
    /** Beside the options that compare has itself. */
    private static final Set<String> NEVER_AFTER_DASHES =
            Set.of("--resume", "--network", "--validation-data", "--test-data", "--max-time", "--verbose");

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "CSV", description = "Pictures and labels.")
    private Path data;

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "Receives runs and results.")
    private Path output;

    @Option(
            names = "--networks",
            paramLabel = "NAME|FILE",
            split = ",",
            description = "Presets, JSON files or java:CLASS. Default: the seven of the original project.")
    private List<String> networks = List.of();

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "500",
            description = "Pictures, drawn so that classes keep their shares. Default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "96",
            description = "Side of the square that pictures are fitted into. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "8",
            description = "Pictures per step. Default: ${DEFAULT-VALUE}, as in the original project.")
    private int batchSize;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides pictures, split, order and weights. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu, gpu:N, or several as for facet train.")
    private String device = "auto";

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the engine. Default: the processors.")
    private @Nullable Integer threads;

    @Mixin
    private AnnotationArguments columns = new AnnotationArguments();

    @Parameters(arity = "0..*", paramLabel = "TRAIN-OPTION", description = "Further options of facet train, after --.")
    private List<String> trainOptions = List.of();

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public CompareCommand() {}

    @Override
    public Integer call() throws IOException {
        requireRanges();
        WritableFolder.require("--output", output);
        AnnotationTable all = AnnotationFiles.read(
                new DataConfig(data, null, null, columns.toColumns(), columns.schemaFile(), false));
        AnnotationTable chosen = all.select(StratifiedChoice.of(all, images, seed));
        Plan plan = plan(chosen);
        plan.requireSize();
        requireTrainOptions(plan);
        List<NetworkResult> results = Experiment.run(plan, output);
        spec.commandLine().getOut().print(ComparisonFiles.text(results));
        spec.commandLine().getOut().println("\nreport  " + output.resolve("comparison.html"));
        spec.commandLine().getOut().flush();
        return results.stream().allMatch(NetworkResult::finished) ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void requireRanges() {
        if (images < 8 || epochs < 1 || size < 16 || batchSize < 2) {
            throw UserException.badArguments("--images is " + images + ", --epochs " + epochs + ", --size " + size
                    + ", --batch-size " + batchSize + "; expected at least 8, 1, 16 and 2");
        }
        for (String option : trainOptions) {
            String name = option.split("=", 2)[0];
            if (NEVER_AFTER_DASHES.contains(name) || spec.optionsMap().containsKey(name)) {
                throw UserException.badArguments(option + " cannot stand after --; give it before, if compare has it");
            }
        }
    }

    /** Tells before anything is written what every one of the training processes would refuse. */
    private void requireTrainOptions(Plan plan) throws IOException {
        for (String network : plan.networks().keySet()) {
            List<String> options = new ArrayList<>(List.of("--network", network));
            options.addAll(plan.trainArguments());
            options.addAll(plan.runArguments());
            TrainCommand.require(options, plan.table());
        }
    }

    private Plan plan(AnnotationTable chosen) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("size", size);
        settings.put("epochs", epochs);
        settings.put("batchSize", batchSize);
        settings.put("seed", seed);
        settings.put("trainOptions", String.join(" ", trainOptions));
        List<String> train = new ArrayList<>(List.of("--size", "" + size, "--epochs", "" + epochs));
        train.addAll(List.of("--batch-size", "" + batchSize, "--seed", "" + seed));
        train.addAll(trainOptions);
        List<String> run = new ArrayList<>(List.of("--device", device));
        if (threads != null) {
            run.addAll(List.of("--threads", threads.toString()));
        }
        return new Plan(chosen, specs(), size, settings, train, run);
    }

    private Map<String, NetworkSpec> specs() throws IOException {
        List<String> asked = networks.isEmpty()
                ? Presets.names().stream().filter(n -> !n.equals("facet-s")).toList()
                : networks;
        Map<String, NetworkSpec> specs = new LinkedHashMap<>();
        for (String argument : asked) {
            try {
                NetworkSpec spec = NetworkArgument.resolve(argument);
                boolean twice = specs.values().stream().anyMatch(s -> s.name().equals(spec.name()));
                if (twice || !spec.name().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                    throw new IllegalArgumentException("--networks: the name \"" + spec.name()
                            + "\" comes twice or cannot name a folder; expected different plain names");
                }
                specs.put(argument, spec);
            } catch (IllegalArgumentException e) {
                throw UserException.badArguments(String.valueOf(e.getMessage()));
            }
        }
        return specs;
    }
}
