package ai.facet.serve.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Serves models over HTTP until it is closed. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the channel
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger();
    private static final int BACKLOG = 1024;
    private static final long QUIET_MILLIS = 50;

    private final ServedModels models;
    private final ServerSettings settings;
    private final RequestJournal journal;
    private final Failures failures = new Failures();
    private final EventLoopGroup acceptor = new NioEventLoopGroup(1);
    private final EventLoopGroup workers = new NioEventLoopGroup(2);
    private final Object lock = new Object();
    private final Channel channel;
    private final @Nullable Channel management;
    private final BodyBudget bodies;
    private int underWay;
    private volatile boolean draining;
    private boolean closed;

    private HttpServer(ServedModels models, ServerSettings settings, RequestJournal journal) throws IOException {
        this.models = models;
        this.settings = settings;
        this.journal = journal;
        this.bodies = new BodyBudget(settings.limits().allBodiesBytes());
        try {
            channel = listen(settings.address(), Surface.PUBLIC, "--port or --host");
            InetSocketAddress managed = settings.management();
            management = managed == null
                    ? null
                    : listen(managed, Surface.MANAGEMENT, "--management-port or --management-host");
        } catch (IOException e) {
            stopThreads(); // and with them what listens already
            throw e;
        }
    }

    private Channel listen(InetSocketAddress address, Surface surface, String options) throws IOException {
        try {
            return new ServerBootstrap()
                    .group(acceptor, workers)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new HttpPipeline(this, surface, settings.limits(), bodies, settings.tls()))
                    .bind(address)
                    .syncUninterruptibly()
                    .channel();
        } catch (Exception e) { // Netty throws the checked BindException without declaring it
            throw new IOException(
                    "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage()
                            + ". Choose another " + options,
                    e);
        }
    }

    /**
     * Starts to listen.
     *
     * @param models owned by the server if it starts, and the folder that they come from
     * @throws IOException if an address cannot be used
     */
    static HttpServer start(ServedModels models, ServerSettings settings, RequestJournal journal) throws IOException {
        journal.metrics().watch(models.registry());
        return new HttpServer(models, settings, journal);
    }

    /** The port that was bound. */
    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** The port for management; -1 if there is none. */
    int managementPort() {
        return management == null ? -1 : ((InetSocketAddress) management.localAddress()).getPort();
    }

    /** What the bodies of requests take now, for tests and metrics. */
    long bodyBytes() {
        return bodies.usedBytes();
    }

    AccessRules access() {
        return settings.access();
    }

    Failures failures() {
        return failures;
    }

    RequestJournal journal() {
        return journal;
    }

    boolean isDraining() {
        return draining;
    }

    ServedModels models() {
        return models;
    }

    /** @return whether it is to be answered; false while shutting down */
    boolean requestStarted() {
        synchronized (lock) {
            underWay++;
            lock.notifyAll();
            return !draining;
        }
    }

    void requestEnded() {
        synchronized (lock) {
            underWay--;
            lock.notifyAll();
        }
    }

    /** Waits until so many requests are under way at once. */
    void awaitRequests(int count) throws InterruptedException {
        synchronized (lock) {
            while (underWay < count) {
                lock.wait();
            }
        }
    }

    /** Waits until {@link #close} has begun. */
    void awaitDraining() throws InterruptedException {
        channel.closeFuture().await();
    }

    /** Waits until the server is closed. */
    void awaitClose() throws InterruptedException {
        channel.closeFuture().await();
        synchronized (lock) {
            while (!closed) {
                lock.wait();
            }
        }
    }

    /** Stops accepting, answers what was accepted within the grace period, then stops. May be called twice. */
    @Override
    public void close() {
        synchronized (lock) {
            if (draining) {
                return;
            }
            draining = true;
        }
        if (management != null) {
            management.close().syncUninterruptibly();
        }
        channel.close().syncUninterruptibly();
        if (models.folder() != null) {
            models.folder().close();
        }
        int unanswered = drain();
        if (unanswered > 0) {
            LOG.warn(
                    "{} requests were not answered within {} s",
                    unanswered,
                    settings.grace().toSeconds());
        }
        stopThreads();
        models.close();
        journal.close();
        LOG.info("stopped: {}", journal.summary());
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    private int drain() {
        long end = System.nanoTime() + settings.grace().toNanos();
        synchronized (lock) {
            try {
                for (long left = settings.grace().toNanos(); underWay > 0 && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return underWay;
        }
    }

    private void stopThreads() {
        acceptor.shutdownGracefully(0, QUIET_MILLIS, TimeUnit.MILLISECONDS).syncUninterruptibly();
        workers.shutdownGracefully(QUIET_MILLIS, 10 * QUIET_MILLIS, TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }
}
