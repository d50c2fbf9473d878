package ai.facet.serve.http;

import java.time.Duration;

/**
 * What connections may cost.
 *
 * @param bodyBytes of a request
 * @param allBodiesBytes of all requests that are being read
 * @param requestTime from a request's first byte to its last
 * @param idleTime of a connection without any byte
 */
record HttpLimits(int bodyBytes, long allBodiesBytes, Duration requestTime, Duration idleTime) {
    static final int LINE_BYTES = 4096;
    static final int HEADER_BYTES = 16_384;
    static final int CHUNK_BYTES = 65_536;
}
