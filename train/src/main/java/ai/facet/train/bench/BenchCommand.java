package ai.facet.train.bench;

import picocli.CommandLine.Command;

/** Groups the measurements of speed. */
@Command(
        name = "bench",
        description = "Measure speed beside named baselines.",
        subcommands = {BenchTrainCommand.class})
public final class BenchCommand {}
