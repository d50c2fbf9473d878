package ai.facet.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request to its end, and closes the connection if that takes too long, however steadily it drips. One for each
 * connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the channel
final class RequestTimer extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private @Nullable Future<?> timer;
    private boolean arrived;

    RequestTimer(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (timer == null && !arrived) {
            start(ctx);
        }
        ctx.fireChannelRead(bytes);
    }

    private void start(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> ctx.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads on while a request is incomplete: automatic reading is off. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (timer != null) {
            ctx.read();
        }
    }

    /** A request's head is here; it may have come with the bytes of the one before. */
    void requestBegan(ChannelHandlerContext ctx) {
        if (timer == null) {
            start(ctx);
        }
    }

    /** The request is complete; called on the connection's event loop. */
    void requestArrived() {
        cancel();
        arrived = true;
    }

    /** The next request may begin. */
    void requestAnswered() {
        arrived = false;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancel();
        ctx.fireChannelInactive();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
