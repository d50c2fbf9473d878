package ai.facet.train;

import ai.facet.cli.ExitCodes;
import ai.facet.cli.NetworkArgument;
import ai.facet.cli.Plural;
import ai.facet.cli.TextTable;
import ai.facet.cli.UserException;
import ai.facet.json.Json;
import ai.facet.network.NetworkSpec;
import ai.facet.network.NetworkSummary;
import ai.facet.network.NetworkSummary.Stage;
import ai.facet.network.Presets;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.memory.ByteText;
import ai.facet.train.memory.MemoryEstimate;
import ai.facet.train.memory.NetworkTable;
import ai.facet.train.optimize.LearningRateSchedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facet networks}. */
@Command(
        name = "networks",
        sortOptions = false,
        description = {
            "Show the networks that can be trained: size, cost, and how much of a picture they see.",
            "A network of your own is a JSON file: print a preset's with --spec, change it, check it with"
                    + " facet networks FILE, train it with facet train --network FILE."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet networks",
            "  facet networks bottleneck-skip --size 112",
            "  facet networks bottleneck-skip --size 112 --batch-size 32",
            "  facet networks facet-s --spec > mine.json",
            "  facet train --network mine.json --data people.csv"
        })
public final class NetworksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "PRESET|FILE", description = "One network, stage by stage. Default: all.")
    private @Nullable String network;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "224",
            description = "Side of the input. Default: ${DEFAULT-VALUE}.")
    private int size = 224;

    @Option(
            names = "--classes",
            paramLabel = "N",
            split = ",",
            defaultValue = "2,3,5,4,3,3,4,3",
            description = "Classes of each attribute. Default: ${DEFAULT-VALUE}, those of persons.")
    private List<Integer> classes = List.of();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Also estimate the memory that training takes with so many pictures at a time.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--optimizer",
            paramLabel = "KIND",
            defaultValue = "adamw",
            description = "For that estimate: adamw or sgd. Default: ${DEFAULT-VALUE}.")
    private OptimizerConfig.Kind optimizer = OptimizerConfig.Kind.ADAMW;

    @Option(names = "--spec", description = "Print the network's JSON, for a file of your own.")
    private boolean json;

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the specification
    public NetworksCommand() {}

    @Override
    public Integer call() throws IOException {
        if (size < 16 || size > 4096 || classes.stream().anyMatch(c -> c < 2)) {
            throw UserException.badArguments(
                    "--size is " + size + ", --classes " + classes + "; expected 16 to 4096, and at least 2 each");
        }
        if (batchSize != null && batchSize < 1) {
            throw UserException.badArguments("--batch-size is " + batchSize + "; expected at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (network == null) {
                out.print(json ? Json.writePretty(allAsJson()) : all());
            } else {
                NetworkSpec chosen = NetworkArgument.resolve(network);
                out.print(json ? Json.writePretty(chosen.toJson()) : one(chosen));
            }
        } catch (IllegalArgumentException e) {
            throw UserException.badArguments(String.valueOf(e.getMessage()));
        }
        out.flush();
        return ExitCodes.DONE;
    }

    private String all() {
        TextTable table = new TextTable(List.of("network", "parameters", "GMAC", "base sees px", "base ends at"));
        List<String> tooSmall = new ArrayList<>();
        for (String name : Presets.names()) {
            NetworkSpec preset = Presets.byName(name);
            try {
                NetworkSummary summary = NetworkSummary.of(preset, size, size, classes);
                Stage end = summary.stages().get(preset.base().size() - 1);
                table.add(List.of(
                        name,
                        String.format(Locale.ROOT, "%,d", summary.parameters()),
                        String.format(Locale.ROOT, "%.2f", summary.macs() / 1e9),
                        Integer.toString(end.receptiveFieldPx()),
                        end.channels() + " x " + end.heightPx() + " x " + end.widthPx()));
            } catch (IllegalArgumentException e) {
                tooSmall.add(e.getMessage() + "\n");
            }
        }
        return "At " + size + "x" + size + " px with " + Plural.of(classes.size(), "attribute") + "\n" + table
                + String.join("", tooSmall);
    }

    private Map<String, Object> allAsJson() {
        Map<String, Object> specs = new LinkedHashMap<>();
        Presets.names().forEach(name -> specs.put(name, Presets.byName(name).toJson()));
        return specs;
    }

    private String one(NetworkSpec chosen) {
        NetworkSummary summary = NetworkSummary.of(chosen, size, size, classes);
        String table = NetworkTable.of(summary).toString();
        return chosen.name() + " at " + size + "x" + size + " px with " + Plural.of(classes.size(), "attribute") + "\n"
                + table + (batchSize == null ? "" : memory(summary, batchSize));
    }

    private String memory(NetworkSummary summary, int pictures) {
        OptimizerConfig update = new OptimizerConfig(optimizer, LearningRateSchedule.Kind.ONE_CYCLE, 1e-3, 0, 0, 0);
        MemoryEstimate estimate = MemoryEstimate.of(summary, update, pictures);
        return String.format(
                Locale.ROOT,
                "Training with %,d pictures at a time, %s: about %s (activations %s, parameters and optimizer %s)%n",
                pictures,
                update.kind().id(),
                ByteText.of(estimate.totalBytes()),
                ByteText.of(Math.max(estimate.trainingBytes(), estimate.answeringBytes())),
                ByteText.of(estimate.parameterBytes()));
    }
}
