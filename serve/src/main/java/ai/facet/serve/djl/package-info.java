/**
 * Facet bundles inside DJL Serving. Needs only the JDK, {@code ai.djl:api}, Facet's contract packages and
 * {@code ai.facet.decode}: what {@code facet-djl-serving.jar} holds.
 *
 * <p>Reading order: {@link ai.facet.serve.djl.FacetTranslatorFactory} (made by DJL Serving), {@link
 * ai.facet.serve.djl.FacetTranslator} (a batch of requests to a batch of answers), {@link
 * ai.facet.serve.djl.RequestImage} (finds the picture in a request), {@link ai.facet.serve.djl.BatchSlots} (which
 * request has which place in the batch).
 */
@NullMarked
package ai.facet.serve.djl;

import org.jspecify.annotations.NullMarked;
