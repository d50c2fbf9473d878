package ai.facet.serve.http;

import ai.facet.serve.metrics.ServerMetrics;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Takes down every answered request: for metrics, the access log and the line at the end. Thread-safe. */
final class RequestJournal implements AutoCloseable {
    private static final String NO_ROUTE = "other";
    private static final double NANOS_PER_SECOND = 1e9;

    private final long beganNanos = System.nanoTime();
    private final ServerMetrics metrics;
    private final AccessLog accessLog;
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();

    RequestJournal(ServerMetrics metrics, AccessLog accessLog) {
        this.metrics = metrics;
        this.accessLog = accessLog;
    }

    ServerMetrics metrics() {
        return metrics;
    }

    /** A reply that is about to be written; {@link Entry#close} takes it down when it is. */
    Entry entry(Channel channel, Exchange exchange, FullHttpResponse reply) {
        return new Entry(
                channel, exchange, reply.status().code(), reply.content().readableBytes());
    }

    /** One line about all requests so far. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d requests answered, %d refused (4xx), %d failed (5xx) in %.1f s",
                answered.sum(),
                refused.sum(),
                failed.sum(),
                (System.nanoTime() - beganNanos) / NANOS_PER_SECOND);
    }

    /** Writes what is left of the access log. May be called twice. */
    @Override
    public void close() {
        accessLog.close();
    }

    /** A reply under way. */
    final class Entry {
        private final Channel channel;
        private final Exchange exchange;
        private final int status;
        private final int bytes;

        private Entry(Channel channel, Exchange exchange, int status, int bytes) {
            this.channel = channel;
            this.exchange = exchange;
            this.status = status;
            this.bytes = bytes;
        }

        void close() {
            long nanos = System.nanoTime() - exchange.beganNanos();
            Endpoint endpoint = exchange.endpoint();
            metrics.answered(endpoint == null ? NO_ROUTE : endpoint.template(), Integer.toString(status), nanos);
            counter().increment();
            accessLog.write(client(), exchange, status, bytes, nanos);
        }

        private LongAdder counter() {
            return switch (HttpStatusClass.valueOf(status)) {
                case CLIENT_ERROR -> refused;
                case SERVER_ERROR -> failed;
                default -> answered;
            };
        }

        private String client() {
            return channel.remoteAddress() instanceof InetSocketAddress address
                    ? address.getAddress().getHostAddress()
                    : "-";
        }
    }
}
