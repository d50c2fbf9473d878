/**
 * The folder of a run, private to its owner (0700):
 *
 * <ul>
 *   <li>{@code config.json}: the resolved configuration
 *   <li>{@code network.json}: stages, parameters, multiply-accumulates, receptive field, estimated memory
 *   <li>{@code schema.json}, {@code split.json}: what was asked and who is in which part
 *   <li>{@code last.safetensors}, {@code previous.safetensors}: the newest two resumable checkpoints
 *   <li>{@code best.safetensors}: the epoch with the highest mean balanced accuracy
 *   <li>{@code metrics.json}, {@code metrics.csv}: one entry per epoch, one row per epoch and attribute
 *   <li>{@code curves.png}, {@code report.html}: the same for people
 *   <li>{@code run.lock}: held by the process that trains here
 * </ul>
 *
 * <p>Reading order: {@link ai.facet.train.run.RunFolder}, {@link ai.facet.train.run.RunLock},
 * {@link ai.facet.train.run.CheckpointStore}.
 */
@NullMarked
package ai.facet.train.run;

import org.jspecify.annotations.NullMarked;
