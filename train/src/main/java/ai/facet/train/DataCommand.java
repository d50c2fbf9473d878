package ai.facet.train;

import ai.facet.train.data.InspectCommand;
import ai.facet.train.noise.NoiseCommand;
import ai.facet.train.synth.SynthCommand;
import picocli.CommandLine.Command;

/** Groups the commands that make and examine data sets. */
@Command(
        name = "data",
        description = "Make and examine data sets.",
        subcommands = {SynthCommand.class, InspectCommand.class, NoiseCommand.class, DataAugmentCommand.class})
final class DataCommand {}
