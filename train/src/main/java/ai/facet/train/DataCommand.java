package ai.facet.train;

import picocli.CommandLine.Command;

/** Groups the commands that make and examine data sets. */
@Command(
        name = "data",
        description = "Make and examine data sets.",
        subcommands = {})
final class DataCommand {}
