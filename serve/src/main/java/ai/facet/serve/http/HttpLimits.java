package ai.facet.serve.http;

import java.time.Duration;

/**
 * What one connection may cost.
 *
 * @param bodyBytes of a request
 * @param requestTime from a request's first byte to its last
 * @param idleTime of a connection without any byte
 */
record HttpLimits(int bodyBytes, Duration requestTime, Duration idleTime) {
    static final int LINE_BYTES = 4096;
    static final int HEADER_BYTES = 16_384;
    static final int CHUNK_BYTES = 65_536;
}
