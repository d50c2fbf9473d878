package ai.facet.serve.http;

import ai.facet.metrics.HtmlPage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * The page at {@code /} for people who try a model in a browser. It holds nothing of the models, so it needs no token; it
 * asks for one when the server does. The browser is told to load and ask nothing but this server.
 */
final class PageFiles {
    /** Blob: the picture that the user chose, shown from memory. Data: the empty icon. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob: data:; connect-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final byte[] HTML = bytes(PageFiles.class, "page.html");
    private static final byte[] SCRIPT = bytes(PageFiles.class, "page.js");
    private static final byte[] STYLE =
            (HtmlPage.theme() + HtmlPage.resource(PageFiles.class, "page.css")).getBytes(StandardCharsets.UTF_8);

    private PageFiles() {}

    static FullHttpResponse html() {
        return reply("text/html; charset=utf-8", HTML);
    }

    static FullHttpResponse script() {
        return reply("text/javascript; charset=utf-8", SCRIPT);
    }

    static FullHttpResponse style() {
        return reply("text/css; charset=utf-8", STYLE);
    }

    private static FullHttpResponse reply(String contentType, byte[] bytes) {
        FullHttpResponse response = Replies.of(HttpResponseStatus.OK, contentType, bytes);
        response.headers()
                .set("content-security-policy", CONTENT_SECURITY_POLICY)
                .set("referrer-policy", "no-referrer");
        return response;
    }

    private static byte[] bytes(Class<?> owner, String file) {
        return HtmlPage.resource(owner, file).getBytes(StandardCharsets.UTF_8);
    }
}
