package ai.facet.export;

import ai.facet.cli.FacetCommands;
import ai.facet.cli.FacetVersion;
import ai.facet.export.bench.BenchCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Commands of this module: export of trained networks and proofs that the artifacts agree. */
@Command(
        name = "facet",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = FacetVersion.class,
        description = "Export trained networks to ONNX and TorchScript; look into model files.",
        subcommands = {ExportCommand.class, InspectCommand.class, VerifyCommand.class, BenchCommand.class})
public final class ExportMain {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces and debug logs.")
    boolean verbose;

    ExportMain() {}

    public static void main(String[] args) {
        System.exit(FacetCommands.execute(new ExportMain(), args));
    }
}
