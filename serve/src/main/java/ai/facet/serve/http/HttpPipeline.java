package ai.facet.serve.http;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a connection. Automatic reading is off: the next request is read when the last one has been answered,
 * so answers keep their order and a connection never has more than one request under way.
 */
final class HttpPipeline extends ChannelInitializer<SocketChannel> {
    private final HttpServer server;
    private final Router router;
    private final HttpLimits limits;
    private final BodyBudget budget;
    private final @Nullable SslContext tls;

    /** @param tls null for plain HTTP */
    HttpPipeline(HttpServer server, Surface surface, HttpLimits limits, BodyBudget budget, @Nullable SslContext tls) {
        this.tls = tls;
        this.server = server;
        this.router = new Router(server, surface, limits.bodyBytes());
        this.limits = limits;
        this.budget = budget;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        channel.config().setAutoRead(false);
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        RequestTimer timer = new RequestTimer(limits.requestTime());
        RequestGate gate = new RequestGate(router, server, timer, budget);
        channel.pipeline()
                .addLast(new IdleStateHandler(0, 0, limits.idleTime().toMillis(), TimeUnit.MILLISECONDS))
                .addLast(timer)
                .addLast(new HttpServerCodec(HttpLimits.LINE_BYTES, HttpLimits.HEADER_BYTES, HttpLimits.CHUNK_BYTES))
                .addLast(gate)
                .addLast(new BodyAggregator(limits.bodyBytes(), gate))
                .addLast(new RequestHandler(server, gate));
    }
}
