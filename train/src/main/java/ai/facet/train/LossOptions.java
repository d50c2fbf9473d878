package ai.facet.train;

import ai.facet.train.config.AttributeWeighting;
import ai.facet.train.config.LossConfig;
import ai.facet.train.loop.ClassWeighting;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what counts as wrong, and how much. */
final class LossOptions {
    @Option(
            names = "--label-smoothing",
            paramLabel = "PART",
            defaultValue = "0.05",
            description = "Part of each label spread over all classes. Default: ${DEFAULT-VALUE}.")
    double labelSmoothing;

    @Option(
            names = "--class-weights",
            paramLabel = "KIND",
            defaultValue = "none",
            description = "Let rare classes count more: inverse (every class the same), effective (less for very rare"
                    + " ones), none. Default: ${DEFAULT-VALUE}.")
    ClassWeighting classWeights = ClassWeighting.NONE;

    @Option(
            names = "--focal",
            paramLabel = "GAMMA",
            defaultValue = "0",
            description =
                    "Let pictures that the network knows already count less; 2 is usual. Default: 0, all the same.")
    double focalGamma;

    @Option(
            names = "--logit-adjustment",
            paramLabel = "TAU",
            defaultValue = "0",
            description = "Train for balanced accuracy: 1 treats rare and frequent classes alike, values below favour"
                    + " plain accuracy. Default: 0.")
    double logitAdjustment;

    @Option(
            names = "--attribute-weight",
            paramLabel = "ATTRIBUTE=WEIGHT",
            split = ",",
            description = "How much an attribute counts, for instance gender=2. Repeatable. Default: 1 each.")
    Map<String, Double> attributeWeights = Map.of();

    @Option(
            names = "--attribute-weights",
            paramLabel = "KIND",
            defaultValue = "fixed",
            description =
                    "fixed: as --attribute-weight says. uncertainty: learn them in training; an attribute whose loss"
                            + " stays large counts less. Default: ${DEFAULT-VALUE}.")
    AttributeWeighting attributeWeighting = AttributeWeighting.FIXED;

    LossConfig resolve() {
        return new LossConfig(
                labelSmoothing, classWeights, focalGamma, logitAdjustment, attributeWeights, attributeWeighting);
    }
}
