/**
 * The HTTP surface, compatible with DJL Serving's: {@code POST /predictions/{model}}, {@code GET /ping},
 * {@code GET /models}; errors are {@code {"code", "type", "message"}}.
 *
 * <p>Reading order: {@link ai.facet.serve.http.ServeCommand}, {@link ai.facet.serve.http.HttpServer},
 * {@link ai.facet.serve.http.HttpPipeline}, {@link ai.facet.serve.http.RequestGate},
 * {@link ai.facet.serve.http.Router}, {@link ai.facet.serve.http.AccessRules}, {@link ai.facet.serve.http.BodyBudget},
 * {@link ai.facet.serve.http.RequestHandler}, {@link ai.facet.serve.http.ImagePayload},
 * {@link ai.facet.serve.http.Failures}, {@link ai.facet.serve.http.Replies}.
 */
@NullMarked
package ai.facet.serve.http;

import org.jspecify.annotations.NullMarked;
