package ai.facet.train;

import ai.facet.cli.FacetCommands;
import ai.facet.cli.FacetVersion;
import ai.facet.train.bench.BenchCommand;
import ai.facet.train.explain.ExplainCommand;
import ai.facet.train.natives.NativesCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Commands of this module: data tools, training, evaluation of checkpoints. */
@Command(
        name = "facet",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = FacetVersion.class,
        description = "Train networks that answer several questions about one picture.",
        subcommands = {
            TrainCommand.class,
            CompareCommand.class,
            RunsCommand.class,
            LrFindCommand.class,
            EvaluateCommand.class,
            CalibrateCommand.class,
            ExplainCommand.class,
            NetworksCommand.class,
            DataCommand.class,
            NativesCommand.class,
            BenchCommand.class
        })
public final class TrainMain {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces and debug logs.")
    boolean verbose;

    TrainMain() {}

    public static void main(String[] args) {
        System.exit(FacetCommands.execute(new TrainMain(), args));
    }
}
