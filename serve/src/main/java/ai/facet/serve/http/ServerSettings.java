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
 * @param management where to listen for those who run the server; null for nowhere
 */
record ServerSettings(
        InetSocketAddress address,
        AccessRules access,
        HttpLimits limits,
        Duration grace,
        @Nullable SslContext tls,
        @Nullable InetSocketAddress management) {
    /** Plain HTTP without management. */
    ServerSettings(InetSocketAddress address, AccessRules access, HttpLimits limits, Duration grace) {
        this(address, access, limits, grace, null, null);
    }
}
