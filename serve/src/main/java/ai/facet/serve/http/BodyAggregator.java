package ai.facet.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Collects a request's body up to a limit; beyond it the answer is 413 and the connection ends. */
final class BodyAggregator extends HttpObjectAggregator {
    private final int limit;
    private final RequestGate gate;

    BodyAggregator(int limit, RequestGate gate) {
        super(limit, true); // a refused expectation ends the connection: nobody knows whether the body comes
        this.limit = limit;
        this.gate = gate;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        gate.refuse(HttpFailure.bodyTooLarge("more than " + limit, limit));
    }
}
