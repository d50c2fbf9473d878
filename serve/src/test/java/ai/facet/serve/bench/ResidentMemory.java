package ai.facet.serve.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A server's resident memory, looked at again and again until it is closed. */
final class ResidentMemory implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 100;
    private static final int PARTS = 10;
    private static final double MEBIBYTE = 1 << 20;

    private final ServerProcess server;
    private final List<Long> samples = new ArrayList<>();
    private final Thread watcher = new Thread(this::watch, "resident-memory");

    ResidentMemory(ServerProcess server) {
        this.server = server;
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        try {
            while (true) {
                samples.add(server.residentBytes());
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException | IOException e) {
            // closed, or the server has ended
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Median of one tenth of the time, the first being 1, in MiB. */
    double tenth(int index) {
        List<Long> part =
                new ArrayList<>(samples.subList((index - 1) * samples.size() / PARTS, index * samples.size() / PARTS));
        part.sort(null);
        return part.get(part.size() / 2) / MEBIBYTE;
    }

    /** How much more the last tenth takes than the second: in the first everything is still being made. */
    double growth() {
        return tenth(PARTS) / tenth(2);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f MiB in the second tenth of the time, %.1f MiB in the last (x %.3f)",
                tenth(2),
                tenth(PARTS),
                growth());
    }
}
