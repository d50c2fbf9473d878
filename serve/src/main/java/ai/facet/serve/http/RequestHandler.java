package ai.facet.serve.http;

import ai.facet.serve.batch.PredictionService;
import ai.facet.serve.registry.LoadedModel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one connection, one after another as the gate lets them through. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the channel
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LogManager.getLogger();

    private final HttpServer server;
    private final RequestGate gate;
    private boolean busy;

    RequestHandler(HttpServer server, RequestGate gate) {
        this.server = server;
        this.gate = gate;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        busy = true;
        boolean accepted = server.requestStarted();
        boolean valid = request.decoderResult().isSuccess();
        boolean keepAlive = valid && HttpUtil.isKeepAlive(request);
        try {
            if (!valid) {
                throw HttpFailure.badRequest("the request is not valid HTTP");
            }
            if (!accepted) {
                throw Failures.unavailable("the server is shutting down");
            }
            answer(ctx, request, keepAlive);
        } catch (RuntimeException | Error e) { // an Error too: whoever waits for the end of requests counts on it
            fail(ctx, e, keepAlive);
        }
    }

    private void answer(ChannelHandlerContext ctx, FullHttpRequest request, boolean keepAlive) {
        Route route = gate.exchange().route();
        if (route instanceof Route.Refused refused) {
            throw refused.failure();
        } else if (route instanceof Route.Predict wanted) {
            predict(ctx, request, wanted, keepAlive);
        } else if (route instanceof Route.Tell wanted) {
            reply(ctx, wanted.reply().get(), keepAlive);
        } else if (route instanceof Route.Do wanted) {
            perform(ctx, wanted, keepAlive);
        }
    }

    private void predict(ChannelHandlerContext ctx, FullHttpRequest request, Route.Predict wanted, boolean keepAlive) {
        LoadedModel model = server.models().hold(wanted.choice());
        CompletableFuture<Supplier<Map<String, Object>>> answer;
        try {
            answer = ask(ServedModels.service(model, wanted.choice()), request, wanted.format(), model);
        } catch (RuntimeException | Error e) {
            model.release();
            throw e;
        }
        answer.whenComplete((value, failure) -> {
            model.release();
            try {
                ctx.executor().execute(() -> finish(ctx, value, failure, keepAlive));
            } catch (RuntimeException | Error e) { // the event loop has ended, or there is no memory for the task
                server.requestEnded();
                ctx.close();
            }
        });
    }

    private CompletableFuture<Supplier<Map<String, Object>>> ask(
            PredictionService service, FullHttpRequest request, Route.BodyFormat format, LoadedModel model) {
        request.retain();
        BodyBudget.Share body = gate.takeBody();
        try {
            return service.answer(() -> {
                try {
                    return format.read(request, model);
                } finally {
                    request.release();
                    body.close();
                }
            });
        } catch (RuntimeException | Error e) {
            request.release();
            body.close();
            throw e;
        }
    }

    private void perform(ChannelHandlerContext ctx, Route.Do wanted, boolean keepAlive) {
        wanted.task()
                .get()
                .whenComplete((reply, failure) -> ctx.executor().execute(() -> {
                    if (reply == null) {
                        fail(ctx, Objects.requireNonNull(failure), keepAlive);
                    } else {
                        reply(ctx, reply, keepAlive);
                    }
                }));
    }

    private void finish(
            ChannelHandlerContext ctx,
            @Nullable Supplier<Map<String, Object>> value,
            @Nullable Throwable failure,
            boolean keepAlive) {
        if (value == null) {
            fail(ctx, Objects.requireNonNull(failure), keepAlive);
            return;
        }
        try {
            reply(ctx, Replies.json(HttpResponseStatus.OK, value.get()), keepAlive);
        } catch (RuntimeException | Error e) {
            fail(ctx, e, keepAlive);
        }
    }

    /** Never throws: a request without an end would hold its connection, and the server at its shutdown, for ever. */
    private void fail(ChannelHandlerContext ctx, Throwable failure, boolean keepAlive) {
        try {
            reply(
                    ctx,
                    Replies.failure(
                            server.failures().of(failure), gate.exchange().errorForm()),
                    keepAlive);
        } catch (RuntimeException | Error e) {
            end(ctx, false);
        }
    }

    private void reply(ChannelHandlerContext ctx, FullHttpResponse response, boolean keepAlive) {
        boolean goesOn = keepAlive && !server.isDraining();
        response.headers()
                .set(HttpHeaderNames.CONNECTION, goesOn ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        RequestJournal.Entry entry = server.journal().entry(ctx.channel(), gate.exchange(), response);
        ctx.writeAndFlush(response).addListener((ChannelFutureListener) sent -> {
            entry.close();
            end(ctx, goesOn && sent.isSuccess());
        });
    }

    private void end(ChannelHandlerContext ctx, boolean goesOn) {
        if (!busy) {
            return;
        }
        busy = false;
        server.requestEnded();
        if (goesOn) {
            gate.answered();
        } else {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof OutOfMemoryError && !busy) {
            gate.refuse(server.failures().of(cause)); // large bodies that came together
            return;
        }
        LOG.debug("a connection broke", cause);
        ctx.close();
    }
}
