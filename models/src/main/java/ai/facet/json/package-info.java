/**
 * A strict reader and a deterministic writer for JSON (RFC 8259), in plain Java so that Android and DJL Serving load
 * them without a library.
 *
 * <p>Reading order: {@link ai.facet.json.Json}, {@link ai.facet.json.JsonObject}, {@link ai.facet.json.JsonParser},
 * {@link ai.facet.json.JsonPrinter}, {@link ai.facet.json.Base64Text}, {@link ai.facet.json.JsonException}.
 */
@NullMarked
package ai.facet.json;

import org.jspecify.annotations.NullMarked;
