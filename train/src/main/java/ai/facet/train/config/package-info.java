/**
 * What a run was asked to do, with every automatic choice written out.
 *
 * <p>Reading order: {@link ai.facet.train.config.TrainingConfig}, {@link ai.facet.train.config.DataConfig},
 * {@link ai.facet.train.config.RunConfig}, {@link ai.facet.train.config.Devices},
 * {@link ai.facet.train.config.ComputeDevice},
 * {@link ai.facet.train.config.TorchEngine}.
 */
@NullMarked
package ai.facet.train.config;

import org.jspecify.annotations.NullMarked;
