package ai.facet.serve.http;

import ai.facet.json.Base64Text;
import ai.facet.json.JsonException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Finds the encoded picture in a request: the whole body, a part of a form, or base64 in JSON. */
final class ImagePayload {
    private static final List<String> FIELDS = List.of("data", "image", "file");
    private static final String JSON_FIELD = "image";

    private ImagePayload() {}

    /**
     * The picture's bytes, copied.
     *
     * @throws HttpFailure 400 if the form or JSON has none
     */
    static byte[] read(FullHttpRequest request) throws IOException {
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/form-data")) {
            return form(request);
        }
        if (type.startsWith("application/json") || isJsonObject(request.content())) {
            return json(request.content());
        }
        return ByteBufUtil.getBytes(request.content());
    }

    /** No picture format that Facet reads starts with a brace, and curl's default type is a form's. */
    private static boolean isJsonObject(ByteBuf body) {
        return body.isReadable() && body.getByte(body.readerIndex()) == '{';
    }

    private static byte[] form(FullHttpRequest request) throws IOException {
        // Of all Netty's factories only this one remembers its parts, also one that is cut; none goes to a disk.
        HttpDataFactory parts = new DefaultHttpDataFactory(Long.MAX_VALUE);
        HttpPostRequestDecoder decoder = null;
        try {
            decoder = open(parts, request);
            requireEnd(decoder);
            for (String field : FIELDS) {
                InterfaceHttpData part = decoder.getBodyHttpData(field);
                if (part instanceof HttpData data) {
                    return data.get();
                }
            }
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException
                | HttpPostRequestDecoder.TooManyFormFieldsException
                | HttpPostRequestDecoder.TooLongFormFieldException
                | IllegalArgumentException e) { // a charset that Java does not know
            throw HttpFailure.badRequest("the multipart form is damaged: " + e.getMessage());
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
            parts.cleanRequestHttpData(request);
        }
        throw HttpFailure.badRequest(
                "the form has none of the fields " + FIELDS + "; expected a picture in one of them");
    }

    /** Netty looks at a boundary's first character before it asks whether there is one. */
    private static HttpPostRequestDecoder open(HttpDataFactory parts, FullHttpRequest request) {
        try {
            return new HttpPostRequestDecoder(parts, request);
        } catch (IndexOutOfBoundsException e) {
            throw HttpFailure.badRequest("the multipart form is damaged: its Content-Type names no boundary");
        }
    }

    /** Netty tells of the closing boundary only by an exception from behind the last part, and after one more piece. */
    private static void requireEnd(HttpPostRequestDecoder decoder) {
        decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
        try {
            while (decoder.hasNext()) {
                decoder.next();
            }
        } catch (HttpPostRequestDecoder.EndOfDataDecoderException e) {
            return;
        }
        throw HttpFailure.badRequest("the form ends before its closing boundary");
    }

    private static byte[] json(ByteBuf body) {
        try {
            return Base64Text.decode(JsonBody.parse(body).string(JSON_FIELD), JsonBody.NAME + "." + JSON_FIELD);
        } catch (JsonException e) {
            throw HttpFailure.badRequest(e.getMessage() + "; expected {\"image\": \"<base64>\"}");
        }
    }
}
