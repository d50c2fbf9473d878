/**
 * Measurements for Prometheus, in seconds and in its text format 0.0.4.
 *
 * <p>Reading order: {@link ai.facet.serve.metrics.ServerMetrics}, {@link ai.facet.serve.metrics.ModelMetrics}.
 */
@NullMarked
package ai.facet.serve.metrics;

import org.jspecify.annotations.NullMarked;
