/**
 * {@code facet predict}: answers about files, folders and patterns.
 *
 * <p>Reading order: {@link ai.facet.serve.predict.PredictCommand},
 * {@link ai.facet.serve.predict.PredictionPrinter}.
 */
@NullMarked
package ai.facet.serve.predict;

import org.jspecify.annotations.NullMarked;
