/**
 * The HTTP surface: DJL Serving's routes, the Open Inference Protocol, metrics and OpenAPI; see {@code docs/serving.md}.
 *
 * <p>Reading order: {@link ai.facet.serve.http.ServeCommand}, {@link ai.facet.serve.http.ServerSettings},
 * {@link ai.facet.serve.http.HttpServer}, {@link ai.facet.serve.http.HttpPipeline},
 * {@link ai.facet.serve.http.RequestGate}, {@link ai.facet.serve.http.Exchange}, {@link ai.facet.serve.http.Router},
 * {@link ai.facet.serve.http.Endpoint}, {@link ai.facet.serve.http.Surface}, {@link ai.facet.serve.http.Target}, {@link ai.facet.serve.http.Route},
 * {@link ai.facet.serve.http.AccessRules}, {@link ai.facet.serve.http.BodyBudget},
 * {@link ai.facet.serve.http.RequestHandler}, {@link ai.facet.serve.http.ModelChoice}, {@link ai.facet.serve.http.ServedModels},
 * {@link ai.facet.serve.http.Management},
 * {@link ai.facet.serve.http.OpenInference}, {@link ai.facet.serve.http.OpenApi},
 * {@link ai.facet.serve.http.ImagePayload}, {@link ai.facet.serve.http.JsonBody},
 * {@link ai.facet.serve.http.Failures}, {@link ai.facet.serve.http.ErrorForm}, {@link ai.facet.serve.http.Replies},
 * {@link ai.facet.serve.http.RequestJournal}, {@link ai.facet.serve.http.AccessLog}.
 */
@NullMarked
package ai.facet.serve.http;

import org.jspecify.annotations.NullMarked;
