package ai.facet.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;

/** What must not change however long a server in this process runs: its threads, its memory, its buffers. */
final class ServerVitals implements AutoCloseable {
    private static final Predicate<String> OF_SERVER =
            List.of("nioEventLoop", "decode-", "infer-", "load-models").stream()
                    .<Predicate<String>>map(prefix -> name -> name.startsWith(prefix))
                    .reduce(name -> false, Predicate::or);
    private static final int ROUNDS = 6;
    private static final int PROBES = 2000;

    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    private final Set<Thread> others = ofAnyServer();

    /** Watches every buffer and thread from here on; to be made before the server. One at a time in a process. */
    ServerVitals() {
        logLeaks(false); // they are asserted on, and one of them is made on purpose
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + " " + records));
    }

    private static void logLeaks(boolean wanted) {
        LoggerContext context = LoggerContext.getContext(false);
        String name = ResourceLeakDetector.class.getName();
        if (wanted) {
            context.getConfiguration().removeLogger(name);
        } else {
            context.getConfiguration().addLogger(name, new LoggerConfig(name, Level.ERROR, false)); // without appender
        }
        context.updateLoggers();
    }

    /** The threads that serve, by themselves and not by name: one that died and was replaced is lost. */
    Set<Thread> threads() {
        Set<Thread> own = ofAnyServer();
        own.removeAll(others);
        return own;
    }

    private static Set<Thread> ofAnyServer() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> OF_SERVER.test(thread.getName()))
                .collect(Collectors.toSet());
    }

    /** Bytes of the heap that something still holds. */
    static long liveHeapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** Buffers that were lost without being released. Netty tells of them when others are made. */
    List<String> leaks() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            Thread.sleep(20); // the collector hands references over on a thread of its own
            for (int i = 0; i < PROBES; i++) {
                ByteBuf probe = PooledByteBufAllocator.DEFAULT.buffer(16);
                probe.release();
            }
        }
        return List.copyOf(leaks);
    }

    @Override
    public void close() {
        ByteBufUtil.setLeakListener(null);
        logLeaks(true);
        ResourceLeakDetector.setLevel(before);
    }
}
