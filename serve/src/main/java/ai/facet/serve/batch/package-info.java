/**
 * From an encoded picture to its answers under load: admission, parallel decoding, batching, deadlines.
 *
 * <p>The batcher never waits for company: it takes what is queued, at most a batch, so a lone picture is answered at once
 * and batches form by themselves while an inference runs.
 *
 * <p>Reading order: {@link ai.facet.serve.batch.PredictionService}, {@link ai.facet.serve.batch.Question}, {@link ai.facet.serve.batch.ServiceLimits},
 * {@link ai.facet.serve.batch.ScarceMemory}, {@link ai.facet.serve.batch.Batcher}, {@link ai.facet.serve.batch.Job}, {@link ai.facet.serve.batch.Answers}, {@link ai.facet.serve.batch.ServiceObserver},
 * {@link ai.facet.serve.batch.OverloadedException}.
 */
@NullMarked
package ai.facet.serve.batch;

import org.jspecify.annotations.NullMarked;
