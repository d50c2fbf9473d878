package ai.facet.serve.http;

import ai.facet.json.Json;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Responses that nobody may store, with their length. */
final class Replies {
    private static final int RETRY_AFTER_SECONDS = 1;

    private Replies() {}

    static FullHttpResponse json(HttpResponseStatus status, Object body) {
        return of(status, "application/json", (Json.write(body) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** @param bytes the body, not copied */
    static FullHttpResponse of(HttpResponseStatus status, String contentType, byte[] bytes) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(bytes));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-content-type-options", "nosniff");
        return response;
    }

    static FullHttpResponse failure(HttpFailure failure, ErrorForm form) {
        FullHttpResponse response = json(failure.status(), form.body(failure));
        if (failure.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        } else if (failure.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        } else if (!failure.allowed().isEmpty()) {
            response.headers().set(HttpHeaderNames.ALLOW, failure.allowed());
        }
        return response;
    }
}
