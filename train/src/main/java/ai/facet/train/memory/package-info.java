/**
 * How much memory a training will need, and how much there is.
 *
 * <p>The estimate adds up what a step is known to hold (parameters, gradients, the optimizer's state, activations kept
 * for the backward pass) and knows nothing of what the library takes beside; docs/training.md says how far off it was
 * where we measured.
 *
 * <p>Reading order: {@link ai.facet.train.memory.MemoryEstimate}, {@link ai.facet.train.memory.AvailableMemory},
 * {@link ai.facet.train.memory.ProcessMemory}, {@link ai.facet.train.memory.MicroBatches},
 * {@link ai.facet.train.memory.NetworkTable}.
 */
@NullMarked
package ai.facet.train.memory;

import org.jspecify.annotations.NullMarked;
