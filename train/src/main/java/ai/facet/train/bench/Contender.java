package ai.facet.train.bench;

import ai.facet.bench.Timed;
import java.io.IOException;

/** Something that trains on the same batch again and again. Used by one thread. */
interface Contender extends Timed {
    /** One step: forward, loss, backward, update, and the loss read back. */
    Lap step() throws IOException;

    @Override
    default double runMillis() throws IOException {
        return step().millis();
    }

    /** How long a step took, and its loss. */
    record Lap(double millis, double loss) {}
}
