package ai.facet.serve;

import ai.facet.cli.FacetCommands;
import ai.facet.cli.FacetVersion;
import ai.facet.serve.bench.BenchCommand;
import ai.facet.serve.evaluate.EvaluateCommand;
import ai.facet.serve.http.ServeCommand;
import ai.facet.serve.predict.PredictCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Commands of this module: prediction, evaluation of bundles, the HTTP server and its measurement. */
@Command(
        name = "facet",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = FacetVersion.class,
        description = "Ask exported models, from files or over HTTP.",
        subcommands = {PredictCommand.class, EvaluateCommand.class, ServeCommand.class, BenchCommand.class})
public final class ServeMain {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces and debug logs.")
    boolean verbose;

    ServeMain() {}

    public static void main(String[] args) {
        System.exit(FacetCommands.execute(new ServeMain(), args));
    }
}
