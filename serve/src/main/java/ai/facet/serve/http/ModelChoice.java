package ai.facet.serve.http;

import org.jspecify.annotations.Nullable;

/**
 * Which model a request asks for. The model itself is looked up twice, when the head is read and when the body is there: it
 * may have been replaced meanwhile.
 *
 * @param name null for the only one
 * @param version null for the highest
 * @param heat whether the answer is to say where in the picture it comes from
 */
record ModelChoice(@Nullable String name, @Nullable String version, boolean heat) {}
