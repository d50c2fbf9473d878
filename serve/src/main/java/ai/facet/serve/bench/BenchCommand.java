package ai.facet.serve.bench;

import picocli.CommandLine.Command;

/** Groups the measurements of speed. */
@Command(
        name = "bench",
        description = "Measure speed beside named baselines.",
        subcommands = {BenchServeCommand.class})
public final class BenchCommand {}
