/**
 * From annotated pictures to batches in the right order: decoding happens in Java threads ahead of the training loop,
 * and what a batch holds depends on nothing but the seed, the epoch and the position.
 *
 * <p>Reading order: {@link ai.facet.train.input.Sample}, {@link ai.facet.train.input.PixelReader},
 * {@link ai.facet.train.input.PixelStore}, {@link ai.facet.train.input.EpochOrder},
 * {@link ai.facet.train.input.Augmentation}, {@link ai.facet.train.input.HorizontalFlip},
 * {@link ai.facet.train.input.AugmentationPlan}, {@link ai.facet.train.input.BatchPlan},
 * {@link ai.facet.train.input.HostBatch}, {@link ai.facet.train.input.BatchFeeder}.
 */
@NullMarked
package ai.facet.train.input;

import org.jspecify.annotations.NullMarked;
