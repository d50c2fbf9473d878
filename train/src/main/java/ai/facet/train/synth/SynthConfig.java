package ai.facet.train.synth;

import ai.facet.cli.UserException;
import java.nio.file.Path;

/** What {@code facet data synth} was asked for. */
record SynthConfig(
        Path output,
        int count,
        int sizePx,
        long seed,
        ImageFormat format,
        int threads,
        int contactSheet,
        boolean overwrite) {
    private static final int MIN_SIZE_PX = 16;
    private static final int MAX_SIZE_PX = 4096;
    private static final int MAX_COUNT = 99_999;

    SynthConfig {
        require("--count", count, 1, MAX_COUNT);
        require("--size", sizePx, MIN_SIZE_PX, MAX_SIZE_PX);
        require("--threads", threads, 1, 256);
        require("--contact-sheet", contactSheet, 0, 1000);
    }

    private static void require(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw UserException.badArguments(option + " is " + value + "; expected " + min + " to " + max);
        }
    }
}
