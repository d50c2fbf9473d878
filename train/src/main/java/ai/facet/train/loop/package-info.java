/**
 * The training loop: read from top to bottom in {@link ai.facet.train.loop.TrainingLoop}.
 *
 * <p>Reading order: {@link ai.facet.train.loop.TrainingLoop}, {@link ai.facet.train.loop.TrainStep},
 * {@link ai.facet.train.loop.BatchPart}, {@link ai.facet.train.loop.Replicas}, {@link ai.facet.train.loop.Replica},
 * {@link ai.facet.train.loop.SoftTargets}, {@link ai.facet.train.loop.AttributeLoss},
 * {@link ai.facet.train.loop.NetworkEvaluation}.
 */
@NullMarked
package ai.facet.train.loop;

import org.jspecify.annotations.NullMarked;
