package ai.facet.train.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things that are opened one after the other and closed together, the last one first. */
final class Resources implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e instanceof IOException io ? io : new IOException(String.valueOf(e.getMessage()), e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
