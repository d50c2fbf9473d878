package ai.facet.export.bench;

import picocli.CommandLine.Command;

/** Groups the measurements of speed. */
@Command(
        name = "bench",
        description = "Measure speed beside named baselines.",
        subcommands = {BenchExportCommand.class})
public final class BenchCommand {}
