package ai.facet.bench;

import java.io.IOException;

/** Something whose speed is measured. Used by one thread. */
public interface Timed extends AutoCloseable {
    /** What a table calls it. */
    String name();

    /** Does its work once and says how many milliseconds that took. */
    double runMillis() throws IOException;

    @Override
    void close() throws IOException;
}
