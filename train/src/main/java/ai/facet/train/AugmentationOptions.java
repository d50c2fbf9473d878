package ai.facet.train;

import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.AugmentationMode;
import picocli.CommandLine.Option;

/** The options that say how training pictures are changed at random. */
final class AugmentationOptions {
    @Option(names = "--no-flip", description = "Do not mirror pictures. Use it when left and right matter to a label.")
    boolean noFlip;

    @Option(
            names = "--augment-mode",
            paramLabel = "MODE",
            defaultValue = "mixed",
            description = "mixed: every change below that is asked for comes to half of the pictures, at random."
                    + " separate: each change comes in batches of its own beside the unchanged pictures, so that an"
                    + " epoch has as many times more steps. Default: ${DEFAULT-VALUE}.")
    AugmentationMode mode = AugmentationMode.MIXED;

    @Option(
            names = "--blur",
            paramLabel = "PIXELS",
            defaultValue = "0",
            description = "Blur, with a standard deviation up to this; 1 is mild. Default: 0, not at all.")
    double blur;

    @Option(
            names = "--brightness",
            paramLabel = "PART",
            defaultValue = "0",
            description = "Make pictures brighter or darker by up to this part; 0.2 is mild. Default: 0, not at all.")
    double brightness;

    @Option(
            names = "--channel-shift",
            paramLabel = "LEVELS",
            defaultValue = "0",
            description =
                    "Shift red, green and blue by up to this many of 255 levels each; 10 is mild. Default: 0, not at all.")
    double channelShift;

    @Option(
            names = "--cutout",
            paramLabel = "PART",
            defaultValue = "0",
            description =
                    "Paint over a square of up to this part of the shorter side; 0.3 is mild. Default: 0, not at all.")
    double cutout;

    @Option(
            names = "--rotate",
            paramLabel = "DEGREES",
            defaultValue = "10",
            description = "Turn pictures by up to this angle either way; 0: not at all. Default: ${DEFAULT-VALUE}.")
    double rotate;

    @Option(
            names = "--crop",
            paramLabel = "PART",
            defaultValue = "0.15",
            description = "Cut up to this part of both sides away and scale up again; 0: not at all. Default:"
                    + " ${DEFAULT-VALUE}.")
    double crop;

    @Option(
            names = "--contrast",
            paramLabel = "PART",
            defaultValue = "0",
            description = "Raise or lower contrast by up to this part; 0.2 is mild. Default: 0, not at all.")
    double contrast;

    @Option(
            names = "--saturation",
            paramLabel = "PART",
            defaultValue = "0",
            description = "Raise or lower saturation by up to this part; 0.2 is mild. Default: 0, not at all.")
    double saturation;

    @Option(
            names = "--hue",
            paramLabel = "DEGREES",
            defaultValue = "0",
            description = "Turn hues by up to this angle either way; 10 is mild. Default: 0, not at all.")
    double hue;

    @Option(
            names = "--mixup",
            paramLabel = "ALPHA",
            defaultValue = "0",
            description =
                    "Lay each picture over another of its batch, with the labels of both in proportion; the weight is"
                            + " drawn from Beta(ALPHA, ALPHA) for each batch, 0.2 is usual. Default: 0, not at all.")
    double mixup;

    @Option(
            names = "--cutmix",
            paramLabel = "ALPHA",
            defaultValue = "0",
            description =
                    "Put a rectangle of another picture of the batch into each, with the labels of both in proportion;"
                            + " the part that stays is drawn from Beta(ALPHA, ALPHA), 1 is usual. With --mixup, each batch gets"
                            + " one of both. Default: 0, not at all.")
    double cutmix;

    AugmentationConfig resolve() {
        return new AugmentationConfig(
                !noFlip,
                mode,
                blur,
                brightness,
                channelShift,
                cutout,
                rotate,
                crop,
                contrast,
                saturation,
                hue,
                mixup,
                cutmix);
    }
}
