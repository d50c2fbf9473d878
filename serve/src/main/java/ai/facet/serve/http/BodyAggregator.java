package ai.facet.serve.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Collects a request's body up to a limit; beyond it the answer is 413 and the connection ends. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the channel
final class BodyAggregator extends HttpObjectAggregator {
    private final int limit;

    BodyAggregator(int limit) {
        super(limit);
        this.limit = limit;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        HttpFailure failure = new HttpFailure(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "RequestEntityTooLargeException",
                "the body is larger than " + limit + " bytes");
        ctx.writeAndFlush(Replies.failure(failure)).addListener(ChannelFutureListener.CLOSE);
    }
}
