/**
 * {@code facet evaluate --model}: an exported bundle's measures, on the engine that users run.
 *
 * <p>Reading order: {@link ai.facet.serve.evaluate.EvaluateCommand}, {@link ai.facet.serve.evaluate.BundleEvaluation}.
 */
@NullMarked
package ai.facet.serve.evaluate;

import org.jspecify.annotations.NullMarked;
