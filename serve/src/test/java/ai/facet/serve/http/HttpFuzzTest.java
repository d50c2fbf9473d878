package ai.facet.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.serve.GoldenBundle;
import ai.facet.serve.batch.ServiceLimits;
import ai.facet.serve.inference.InferenceOptions;
import ai.facet.serve.metrics.ServerMetrics;
import ai.facet.serve.registry.FolderModels;
import ai.facet.serve.registry.ModelLoader;
import ai.facet.serve.registry.ModelRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged requests to a server with a real model. A failure names the seeds of the connections that failed; {@code
 * -Dfacet.fuzz.seed=N -Dfacet.fuzz.count=1} sends one of them again.
 */
class HttpFuzzTest {
    private static final int CLIENTS = 8;
    private static final int BODY_LIMIT = 200_000;
    private static final Duration REQUEST_TIME = Duration.ofMillis(1500);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final long MOST_HEAP_GROWTH = 4_000_000;
    private static final int MOST_FAULTS = 20;
    private static final Set<Integer> NOT_NOW = Set.of(503, 504);

    @TempDir
    Path root;

    private ServerVitals vitals;
    private HttpServer server;
    private FuzzClient client;

    @BeforeEach
    void start() throws Exception {
        vitals = new ServerVitals();
        GoldenBundle.copyWithHeatTo(root.resolve(FuzzCorpus.MODEL));
        ServerMetrics metrics = new ServerMetrics();
        ModelRegistry registry = new ModelRegistry();
        ServiceLimits limits = new ServiceLimits(128, 8, 2, DEADLINE);
        FolderModels folder =
                new FolderModels(root, new ModelLoader(InferenceOptions.DEFAULT, limits, metrics), registry, metrics);
        folder.loadAll();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerSettings settings = new ServerSettings(
                anyPort,
                new AccessRules(List.of(), null),
                new HttpLimits(BODY_LIMIT, 20L * BODY_LIMIT, REQUEST_TIME, REQUEST_TIME),
                Duration.ofSeconds(20),
                null,
                anyPort);
        server = HttpServer.start(
                new ServedModels(registry, folder), settings, new RequestJournal(metrics, AccessLog.OFF));
        client = new FuzzClient(server.port(), server.managementPort(), PATIENCE_MILLIS);
    }

    @AfterEach
    void stop() {
        server.close();
        vitals.close();
    }

    @Test
    @Timeout(120)
    void damagedRequestsHarmNobody() throws Exception {
        fuzz(1, 2500);
    }

    @Test
    @Tag("slow")
    @Timeout(3600)
    void aHundredThousandDamagedRequestsHarmNobody() throws Exception {
        fuzz(1_000_000, 100_000);
    }

    /** The watch is worth something only if it sees what it looks for. */
    @Test
    void aLostBufferIsSeen() throws Exception {
        lose();

        assertThat(vitals.leaks()).isNotEmpty();
    }

    private static void lose() {
        for (int i = 0; i < 16; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(64).writeByte(1);
        }
    }

    private void fuzz(long ownSeed, int ownCount) throws Exception {
        long seed = Long.getLong("facet.fuzz.seed", ownSeed);
        int count = Integer.getInteger("facet.fuzz.count", ownCount);
        send(-1 - count / 4, count / 4); // everything is made that is made once
        Set<Thread> threads = vitals.threads();
        long heap = ServerVitals.liveHeapBytes();
        long begin = System.nanoTime();

        SortedMap<Integer, AtomicLong> statuses = send(seed, count);

        double seconds = (System.nanoTime() - begin) / 1e9;
        long growth = ServerVitals.liveHeapBytes() - heap;
        System.out.printf(
                "| damaged requests | %d connections from seed %d in %.0f s: statuses %s, live heap grew by %d bytes |%n",
                count, seed, seconds, statuses, growth);
        assertThat(statuses.keySet()).as("kinds of answers").contains(200, 400, 404, 405, 413, 415);
        assertThat(threads).as("threads that serve").isNotEmpty().allMatch(Thread::isAlive);
        assertThat(vitals.threads()).hasSameSizeAs(threads);
        assertThat(client.run(good())).containsExactly(200);
        assertThat(vitals.leaks()).as("lost buffers").isEmpty();
        assertThat(server.bodyBytes()).as("bytes of bodies").isZero();
        assertThat(growth).as("growth of the live heap").isLessThan(MOST_HEAP_GROWTH);
    }

    private static FuzzPlan good() {
        return new FuzzPlan(List.of(FuzzCorpus.GOOD.bytes()), FuzzPlan.Ending.SAYS_SO, false, true);
    }

    /** Sends the plans of consecutive seeds over several connections at once; how often each status came. */
    private SortedMap<Integer, AtomicLong> send(long firstSeed, int count) throws InterruptedException {
        AtomicLong next = new AtomicLong(firstSeed);
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        SortedMap<Integer, AtomicLong> statuses = new ConcurrentSkipListMap<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(() -> {
                for (long seed = next.getAndIncrement();
                        seed < firstSeed + count && faults.size() < MOST_FAULTS;
                        seed = next.getAndIncrement()) {
                    sendOne(seed, statuses, faults);
                }
            });
            clients.add(thread);
            thread.start();
        }
        for (Thread thread : clients) {
            thread.join();
        }
        assertThat(faults).as("seeds of connections that failed").isEmpty();
        return statuses;
    }

    private void sendOne(long seed, SortedMap<Integer, AtomicLong> statuses, Queue<String> faults) {
        try {
            FuzzPlan plan = FuzzPlan.of(seed);
            List<Integer> answered = client.run(plan);
            answered.forEach(status ->
                    statuses.computeIfAbsent(status, any -> new AtomicLong()).incrementAndGet());
            if (plan.whole()
                    ? !answered.equals(List.of(200))
                    : !answered.stream().allMatch(HttpFuzzTest::isAllowed)) {
                faults.add(seed + ": " + answered);
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            faults.add(seed + ": " + e);
        }
    }

    private static boolean isAllowed(int status) {
        return status < 500 || NOT_NOW.contains(status);
    }
}
