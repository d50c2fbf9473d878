package ai.facet.serve.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends pictures to a server on this machine, in one of two ways. The closed loop sends the next request of a connection when
 * the last one is answered, which finds what the server can do. The open loop sends at fixed times, whether the server keeps
 * up or not, and counts each request from the time at which it was to be sent: a stall then counts for every request that
 * had to wait for it, as it would for real clients (no "coordinated omission").
 */
final class HttpLoad {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int port;
    private final List<byte[]> requests;
    private final AtomicLong tickets = new AtomicLong();

    /** @param requests whole ones, used in turn */
    HttpLoad(int port, List<byte[]> requests) {
        this.port = port;
        this.requests = List.copyOf(requests);
    }

    /** A request whose body is a picture. */
    static byte[] request(String path, byte[] picture) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: "
                        + picture.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[head.length + picture.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(picture, 0, request, head.length, picture.length);
        return request;
    }

    /** As many as the server takes. */
    LoadResult closed(int connections, Duration time) {
        return run(connections, (connection, tally, begin) -> {
            long end = begin + time.toNanos();
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                send(connection, tally, now);
            }
        });
    }

    /**
     * At a fixed rate.
     *
     * @param connections the most that are under way at once; when all of them are, requests are late, and count as late
     */
    LoadResult open(int connections, double perSecond, Duration time) {
        long count = Math.max(1, Math.round(perSecond * time.toNanos() / NANOS_PER_SECOND));
        AtomicLong next = new AtomicLong();
        return run(connections, (connection, tally, begin) -> {
            for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long due = begin + (long) (i * NANOS_PER_SECOND / perSecond);
                waitUntil(due);
                send(connection, tally, due);
            }
        });
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void send(HttpConnection connection, LoadResult.Tally tally, long sinceNanos) {
        byte[] request = requests.get((int) (tickets.getAndIncrement() % requests.size()));
        try {
            int status = connection.exchange(request);
            tally.answered(status, System.nanoTime() - sinceNanos);
        } catch (IOException | RuntimeException e) {
            tally.failed(e);
        }
    }

    /** What each connection does, on a thread of its own. */
    private interface Work {
        void run(HttpConnection connection, LoadResult.Tally tally, long beginNanos);
    }

    /** Begins when all are connected: to connect so many at once takes time that no request of a real client would wait. */
    private LoadResult run(int connections, Work work) {
        List<LoadThread> running = IntStream.range(0, connections)
                .mapToObj(i -> new LoadThread(work))
                .toList();
        running.forEach(each -> each.connected.join());
        long begin = System.nanoTime();
        running.forEach(each -> each.begin.complete(begin));
        List<LoadResult.Tally> tallies =
                running.stream().map(each -> each.ended.join()).toList();
        return LoadResult.of(tallies, (System.nanoTime() - begin) / NANOS_PER_SECOND);
    }

    /** The thread of one connection: connects, waits for the others, then works. */
    private final class LoadThread {
        private final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
        private final CompletableFuture<Long> begin = new CompletableFuture<>();
        private final CompletableFuture<LoadResult.Tally> ended = new CompletableFuture<>();

        LoadThread(Work work) {
            Thread thread = new Thread(() -> run(work), "load");
            thread.setDaemon(true);
            thread.start();
        }

        private void run(Work work) {
            LoadResult.Tally tally = new LoadResult.Tally();
            try (HttpConnection connection = new HttpConnection(port)) {
                connection.open();
                connected.complete(null);
                work.run(connection, tally, begin.join());
                ended.complete(tally);
            } catch (RuntimeException | Error e) {
                connected.complete(null);
                ended.completeExceptionally(e);
            }
        }
    }
}
