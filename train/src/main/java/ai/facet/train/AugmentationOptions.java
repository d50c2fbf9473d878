package ai.facet.train;

import ai.facet.train.config.AugmentationConfig;
import picocli.CommandLine.Option;

/** The options that say how training pictures are changed at random. */
final class AugmentationOptions {
    @Option(names = "--no-flip", description = "Do not mirror pictures. Use it when left and right matter to a label.")
    boolean noFlip;

    AugmentationConfig resolve() {
        return new AugmentationConfig(!noFlip);
    }
}
