/**
 * What {@code facet evaluate} shares between checkpoints (module {@code train}) and bundles (module {@code serve}):
 * options, printed table, files, and checks with exit code 3.
 *
 * <p>Reading order: {@link ai.facet.evaluation.EvaluationOptions}.
 */
@NullMarked
package ai.facet.evaluation;

import org.jspecify.annotations.NullMarked;
