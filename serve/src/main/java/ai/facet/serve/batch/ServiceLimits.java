package ai.facet.serve.batch;

import ai.facet.cli.UserException;
import java.time.Duration;

/**
 * How much a service takes on.
 *
 * @param admitted pictures that may be anywhere between admission and answer
 * @param maxBatch pictures in one inference
 * @param decoders threads that decode
 * @param deadline after which a picture is answered with an error
 */
public record ServiceLimits(int admitted, int maxBatch, int decoders, Duration deadline) {
    public ServiceLimits {
        require("queue", admitted, 1, 100_000);
        require("batch", maxBatch, 1, 1024);
        require("decoders", decoders, 1, 256);
        if (deadline.isNegative() || deadline.isZero()) {
            throw UserException.badArguments("deadline is " + deadline + "; expected more than 0");
        }
    }

    /** Pictures that one request may have: all of them must find room. */
    public int maxPictures() {
        return Math.min(maxBatch, admitted);
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw UserException.badArguments(name + " is " + value + "; expected " + min + " to " + max);
        }
    }
}
