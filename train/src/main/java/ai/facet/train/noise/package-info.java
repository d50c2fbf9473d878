/**
 * {@code facet data noise}: rows whose label a network that has not seen them confidently contradicts.
 *
 * <p>Reading order: {@link ai.facet.train.noise.NoiseCommand}, {@link ai.facet.train.noise.OutOfSample},
 * {@link ai.facet.train.noise.FoldPredictions}, {@link ai.facet.train.noise.ConfidentLearning},
 * {@link ai.facet.train.noise.NoiseFindings}, {@link ai.facet.train.noise.NoiseText},
 * {@link ai.facet.train.noise.NoiseCsv}, {@link ai.facet.train.noise.NoiseHtml}.
 */
@NullMarked
package ai.facet.train.noise;

import org.jspecify.annotations.NullMarked;
