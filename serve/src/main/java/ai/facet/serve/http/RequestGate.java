package ai.facet.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request of a connection through at a time. A client may send on before it has its answer: what came with the
 * same bytes waits here, and nothing more is read. A request whose head is refused ends the connection if a body would
 * follow. One for each connection, on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the channel
final class RequestGate extends ChannelInboundHandlerAdapter {
    private static final int LINGER_SECONDS = 2;

    private enum State {
        OPEN,
        COLLECTING,
        ANSWERING,
        CLOSING
    }

    private final Router router;
    private final Failures failures;
    private final RequestJournal journal;
    private final RequestTimer timer;
    private final BodyBudget budget;
    private final Queue<HttpObject> waiting = new ArrayDeque<>();
    private ChannelHandlerContext context;
    private State state = State.OPEN;
    private @Nullable Exchange exchange;
    private BodyBudget.Share body;
    private boolean replaying;

    @SuppressWarnings("NullAway.Init") // Netty gives the context before anything else
    RequestGate(Router router, HttpServer server, RequestTimer timer, BodyBudget budget) {
        this.router = router;
        this.failures = server.failures();
        this.journal = server.journal();
        this.timer = timer;
        this.budget = budget;
        this.body = budget.new Share();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (state == State.CLOSING) {
            ReferenceCountUtil.release(message);
        } else if (state == State.ANSWERING || !waiting.isEmpty()) {
            waiting.add((HttpObject) message);
        } else {
            pass((HttpObject) message);
        }
    }

    private void pass(HttpObject part) {
        if (part instanceof HttpRequest head) {
            begin(head);
        }
        if (state == State.COLLECTING
                && part instanceof HttpContent content
                && !body.take(content.content().readableBytes())) {
            refuse(failures.overloaded("too many large requests at once; try again later"));
        }
        if (state == State.CLOSING) {
            ReferenceCountUtil.release(part);
            return;
        }
        if (part instanceof LastHttpContent) {
            state = State.ANSWERING;
            timer.requestArrived();
        }
        context.fireChannelRead(part);
    }

    private void begin(HttpRequest head) {
        state = State.COLLECTING;
        timer.requestBegan(context);
        exchange = new Exchange(head);
        router.route(head, exchange);
        if (exchange.route() instanceof Route.Refused refused && (hasBody(head) || expects(head))) {
            refuse(refused.failure());
        }
    }

    /** Whether the client waits for a word about its body: Netty would give it one of its own. */
    private static boolean expects(HttpRequest head) {
        return head.headers().contains(HttpHeaderNames.EXPECT);
    }

    private static boolean hasBody(HttpRequest head) {
        return head.decoderResult().isSuccess()
                && (HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0);
    }

    /** The request under way. */
    Exchange exchange() {
        return Objects.requireNonNull(exchange);
    }

    /** Hands the body's share of the budget over; who takes it closes it. */
    BodyBudget.Share takeBody() {
        BodyBudget.Share taken = body;
        body = budget.new Share();
        return taken;
    }

    /** The request under way has its answer, and the connection goes on. */
    void answered() {
        body.close();
        timer.requestAnswered();
        state = State.OPEN;
        if (!replaying) {
            replay();
        }
    }

    /** A loop, since a request may be answered before {@link #pass} returns. */
    private void replay() {
        replaying = true;
        while (reads() && !waiting.isEmpty()) {
            pass(waiting.remove());
        }
        replaying = false;
        if (reads()) {
            context.read();
        }
    }

    private boolean reads() {
        return state == State.OPEN || state == State.COLLECTING;
    }

    /** Answers, ends the connection, and reads over what the client still sends. */
    void refuse(HttpFailure failure) {
        state = State.CLOSING;
        timer.requestArrived();
        letGo();
        Exchange refused = exchange;
        FullHttpResponse response =
                Replies.failure(failure, refused == null ? ErrorForm.DJL_SERVING : refused.errorForm());
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (refused != null) {
            journal.entry(context.channel(), refused, response).close();
        }
        context.writeAndFlush(response).addListener(sent -> linger());
        context.read();
    }

    /** Closing at once, with unread bytes left, would reset the connection and take the answer away from the client. */
    private void linger() {
        if (context.channel() instanceof SocketChannel socket) {
            socket.shutdownOutput();
        }
        context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (state == State.CLOSING) {
            ctx.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSING;
        letGo();
        ctx.fireChannelInactive();
    }

    private void letGo() {
        body.close();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && state != State.ANSWERING) {
            ctx.close();
        }
    }
}
