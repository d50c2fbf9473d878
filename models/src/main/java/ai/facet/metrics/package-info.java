/**
 * How good answers are, on plain arrays, the same for a checkpoint and for a bundle. Missing labels never count. A
 * measure without images is {@link Double#NaN}, {@code null} in JSON and a dash for people.
 *
 * <p>Reading order: {@link ai.facet.metrics.EvaluationCollector}, {@link ai.facet.metrics.EvaluationReport},
 * {@link ai.facet.metrics.AttributeMetrics}, {@link ai.facet.metrics.ConfusionMatrix},
 * {@link ai.facet.metrics.WilsonInterval}, {@link ai.facet.metrics.ProbabilityScores},
 * {@link ai.facet.metrics.AccuracyFloors}; the writers {@link ai.facet.metrics.ReportText},
 * {@link ai.facet.metrics.ReportJson}, {@link ai.facet.metrics.ReportCsv}, {@link ai.facet.metrics.ReportHtml}.
 */
@NullMarked
package ai.facet.metrics;

import org.jspecify.annotations.NullMarked;
