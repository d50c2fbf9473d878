package ai.facet.serve.http;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where and how a server listens.
 *
 * @param grace how long closing waits for answers
 */
record ServerSettings(InetSocketAddress address, AccessRules access, HttpLimits limits, Duration grace) {}
