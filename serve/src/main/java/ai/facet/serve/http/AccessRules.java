package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. On a loopback address the Host header must name this machine, against DNS rebinding; a page of another
 * origin is refused; with a token, every request but {@code /ping} needs it as {@code Authorization: Bearer}.
 */
final class AccessRules {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "Bearer ";

    private final boolean loopback;
    private final byte @Nullable [] token;

    AccessRules(boolean loopback, @Nullable String token) {
        this.loopback = loopback;
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws HttpFailure 400, 401 or 403 */
    void check(HttpHeaders headers, boolean needsToken) {
        String host = headers.get(HttpHeaderNames.HOST);
        if (host == null) {
            throw HttpFailure.badRequest("the request has no Host header");
        }
        if (loopback && !LOOPBACK_NAMES.contains(withoutPort(host))) {
            throw forbidden("Host is not a name of this machine");
        }
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.toLowerCase(Locale.ROOT).endsWith("://" + host.toLowerCase(Locale.ROOT))) {
            throw forbidden("requests from pages of another origin are refused");
        }
        if (token != null && needsToken) {
            requireToken(headers.get(HttpHeaderNames.AUTHORIZATION), token);
        }
    }

    private static void requireToken(@Nullable String authorization, byte[] expected) {
        String given = authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : "";
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
            throw new HttpFailure(
                    HttpResponseStatus.UNAUTHORIZED, "UnauthorizedException", "expected Authorization: Bearer <token>");
        }
    }

    private static HttpFailure forbidden(String message) {
        return new HttpFailure(HttpResponseStatus.FORBIDDEN, "ForbiddenException", message);
    }

    private static String withoutPort(String host) {
        int bracket = host.lastIndexOf(']');
        int colon = host.indexOf(':', Math.max(0, bracket));
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
