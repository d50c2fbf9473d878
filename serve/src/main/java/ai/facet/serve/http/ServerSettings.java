package ai.facet.serve.http;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a server listens.
 *
 * @param grace how long closing waits for answers
 * @param tls null for plain HTTP
 */
record ServerSettings(
        InetSocketAddress address,
        AccessRules access,
        HttpLimits limits,
        Duration grace,
        @Nullable SslContext tls) {
    /** Plain HTTP. */
    ServerSettings(InetSocketAddress address, AccessRules access, HttpLimits limits, Duration grace) {
        this(address, access, limits, grace, null);
    }
}
