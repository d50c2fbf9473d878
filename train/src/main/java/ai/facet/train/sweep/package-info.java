/**
 * The learning-rate range test (Smith, 2017): a few steps with a rate that rises, and what the losses suggest. Plain numbers
 * only; {@code ai.facet.train.run.LearningRateFinder} runs it.
 *
 * <p>Reading order: {@link ai.facet.train.sweep.RateSweep}, {@link ai.facet.train.sweep.SweepRecorder},
 * {@link ai.facet.train.sweep.SweepCurve}, {@link ai.facet.train.sweep.RateSuggestions},
 * {@link ai.facet.train.sweep.SweepResult}.
 */
@NullMarked
package ai.facet.train.sweep;

import org.jspecify.annotations.NullMarked;
