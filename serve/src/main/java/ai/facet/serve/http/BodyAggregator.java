package ai.facet.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.TimeUnit;

/** Collects a request's body up to a limit; beyond it the answer is 413 and the connection ends. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the channel
final class BodyAggregator extends HttpObjectAggregator {
    private static final int LINGER_SECONDS = 2;

    private final int limit;

    BodyAggregator(int limit) {
        super(limit, true); // a refused expectation ends the connection: nobody knows whether the body comes
        this.limit = limit;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.writeAndFlush(tooLarge()).addListener(sent -> linger(ctx));
    }

    /** Clients that ask before they send a large body ({@code Expect: 100-continue}) get the same answer. */
    @Override
    protected Object newContinueResponse(HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
        Object answer = super.newContinueResponse(start, maxContentLength, pipeline);
        boolean refused = answer instanceof FullHttpResponse response
                && response.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        return refused ? tooLarge() : answer;
    }

    private FullHttpResponse tooLarge() {
        HttpFailure failure = new HttpFailure(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "RequestEntityTooLargeException",
                "the body is larger than " + limit + " bytes");
        FullHttpResponse response = Replies.failure(failure);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    /** Closing at once, with unread bytes left, would reset the connection and take the answer away from the client. */
    private static void linger(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof SocketChannel socket) {
            socket.shutdownOutput();
        }
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }
}
