package ai.facet.serve.http;

import ai.facet.prediction.Prediction;
import ai.facet.serve.batch.PredictionService;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one connection, one after another. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures through the channel
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LogManager.getLogger();
    private static final String PREDICTIONS = "/predictions/";

    private final HttpServer server;
    private final RequestTimer timer;
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;

    RequestHandler(HttpServer server, RequestTimer timer) {
        this.server = server;
        this.timer = timer;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    /** A client may send on before it has its answer; what came with the same bytes waits here. */
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        timer.requestArrived();
        if (busy) {
            waiting.add(request.retain());
        } else {
            handle(ctx, request);
        }
    }

    private void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        busy = true;
        boolean accepted = server.requestStarted();
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        try {
            if (request.decoderResult().isFailure()) {
                keepAlive = false;
                throw HttpFailure.badRequest("the request is not valid HTTP");
            }
            if (!accepted) {
                throw Failures.unavailable("the server is shutting down");
            }
            route(ctx, request, keepAlive);
        } catch (RuntimeException e) {
            reply(ctx, Replies.failure(server.failures().of(e)), keepAlive);
        }
    }

    private void route(ChannelHandlerContext ctx, FullHttpRequest request, boolean keepAlive) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String path = path(uri);
        server.access().check(request.headers(), !path.equals("/ping"));
        if (path.equals("/ping")) {
            requireMethod(request, HttpMethod.GET);
            reply(ctx, server.ping(), keepAlive);
        } else if (path.equals("/models")) {
            requireMethod(request, HttpMethod.GET);
            reply(ctx, Replies.json(HttpResponseStatus.OK, server.modelList()), keepAlive);
        } else if (path.startsWith(PREDICTIONS)) {
            requireMethod(request, HttpMethod.POST);
            boolean all = List.of("true").equals(parameters(uri).getOrDefault("probabilities", List.of()));
            predict(ctx, request, server.service(path.substring(PREDICTIONS.length())), all, keepAlive);
        } else {
            throw new HttpFailure(HttpResponseStatus.NOT_FOUND, "ResourceNotFoundException", "no such path");
        }
    }

    private static String path(QueryStringDecoder uri) {
        try {
            return uri.path();
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the path cannot be decoded: " + e.getMessage());
        }
    }

    private static Map<String, List<String>> parameters(QueryStringDecoder uri) {
        try {
            return uri.parameters();
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the query cannot be decoded: " + e.getMessage());
        }
    }

    private static void requireMethod(FullHttpRequest request, HttpMethod expected) {
        if (!request.method().equals(expected)) {
            throw new HttpFailure(
                    HttpResponseStatus.METHOD_NOT_ALLOWED, "MethodNotAllowedException", "expected " + expected);
        }
    }

    private void predict(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            PredictionService service,
            boolean allProbabilities,
            boolean keepAlive) {
        request.retain();
        CompletableFuture<Prediction> answer;
        try {
            answer = service.predict(() -> readAndRelease(request), "the picture");
        } catch (RuntimeException e) {
            request.release();
            throw e;
        }
        answer.whenComplete((prediction, failure) -> {
            FullHttpResponse response = response(prediction, failure, allProbabilities);
            ctx.executor().execute(() -> reply(ctx, response, keepAlive));
        });
    }

    /** Never throws: a request without a reply would hold its connection, and a place of the queue, for ever. */
    private FullHttpResponse response(
            @Nullable Prediction prediction, @Nullable Throwable failure, boolean allProbabilities) {
        try {
            return prediction == null
                    ? Replies.failure(server.failures().of(Objects.requireNonNull(failure)))
                    : Replies.json(HttpResponseStatus.OK, prediction.toJson(allProbabilities));
        } catch (RuntimeException | Error e) {
            return Replies.failure(server.failures().of(e));
        }
    }

    private static byte[] readAndRelease(FullHttpRequest request) throws java.io.IOException {
        try {
            return ImagePayload.read(request);
        } finally {
            request.release();
        }
    }

    private void reply(ChannelHandlerContext ctx, FullHttpResponse response, boolean keepAlive) {
        boolean goesOn = keepAlive && !server.isDraining();
        response.headers()
                .set(HttpHeaderNames.CONNECTION, goesOn ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener((ChannelFutureListener) sent -> {
            busy = false;
            timer.requestAnswered();
            server.requestEnded();
            if (goesOn && sent.isSuccess()) {
                next(ctx);
            } else {
                ctx.close();
            }
        });
    }

    private void next(ChannelHandlerContext ctx) {
        FullHttpRequest request = waiting.poll();
        if (request == null) {
            ctx.read();
            return;
        }
        try {
            handle(ctx, request);
        } finally {
            request.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && !busy) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            // large bodies that came together; what collected this one has been let go of
            LOG.warn("a request's body did not fit into memory: {}", cause.getMessage());
            FullHttpResponse response =
                    Replies.failure(Failures.unavailable("the server is short of memory; try again later"));
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        LOG.debug("a connection broke", cause);
        ctx.close();
    }
}
