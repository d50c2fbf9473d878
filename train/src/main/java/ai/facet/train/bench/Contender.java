package ai.facet.train.bench;

import java.io.IOException;

/** Something that trains on the same batch again and again. Used by one thread. */
interface Contender extends AutoCloseable {
    /** What a table calls it. */
    String name();

    /** One step: forward, loss, backward, update, and the loss read back. */
    Lap step() throws IOException;

    @Override
    void close() throws IOException;

    /** How long a step took, and its loss. */
    record Lap(double millis, double loss) {}
}
