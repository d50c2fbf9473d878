package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. The Host header must be an IP address, localhost or a name that the server was given: a page of a foreign
 * name that was made to point here (DNS rebinding) is refused, and so is one of another origin. With a token, every request but {@code /ping} needs it as {@code Authorization: Bearer}.
 */
final class AccessRules {
    private static final String BEARER = "Bearer ";

    private final Set<String> names = new HashSet<>(Set.of("localhost"));
    private final byte @Nullable [] token;

    /** @param names that the Host header may say besides localhost and IP addresses */
    AccessRules(Collection<String> names, @Nullable String token) {
        names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws HttpFailure 400, 401 or 403 */
    void check(HttpHeaders headers, boolean needsToken) {
        String host = headers.get(HttpHeaderNames.HOST);
        if (host == null) {
            throw HttpFailure.badRequest("the request has no Host header");
        }
        if (!isOurs(withoutPort(host))) {
            throw forbidden("Host is not a name of this server; start it with --allowed-host NAME to accept it");
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

    private boolean isOurs(String host) {
        return names.contains(host)
                || NetUtil.isValidIpV4Address(host)
                || (host.startsWith("[")
                        && host.endsWith("]")
                        && NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1)));
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
