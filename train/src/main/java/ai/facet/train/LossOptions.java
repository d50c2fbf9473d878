package ai.facet.train;

import ai.facet.train.config.LossConfig;
import picocli.CommandLine.Option;

/** The options that say what counts as wrong, and how much. */
final class LossOptions {
    @Option(
            names = "--label-smoothing",
            paramLabel = "PART",
            defaultValue = "0.05",
            description = "Part of each label spread over all classes. Default: ${DEFAULT-VALUE}.")
    double labelSmoothing;

    LossConfig resolve() {
        return new LossConfig(labelSmoothing);
    }
}
