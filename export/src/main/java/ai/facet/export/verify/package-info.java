/**
 * {@code facet verify}: whether the artifacts of a bundle agree, here and now, on fresh inputs.
 *
 * <p>Model files are input. Each is loaded by its native library in a process of its own, with a limit on its time and its
 * heap, so that a crash or a hang is a message. The processes exchange two private files ({@code InputsFile},
 * {@code RoadResults}), which are checked when they are read.
 *
 * <p>A further artifact is one line in {@code Artifact.listOf}; one that is judged by another rule than its logits also
 * brings a {@link ai.facet.export.verify.Measure}.
 *
 * <p>Reading order: {@link ai.facet.export.verify.Verification}, {@code Artifact}, {@code Measure}, {@code RoadRunner},
 * {@code RoadMain}, {@code Engine}, {@code InputsFile}, {@code RoadResults}, {@code Agreement},
 * {@link ai.facet.export.verify.VerifyReport}.
 */
@NullMarked
package ai.facet.export.verify;

import org.jspecify.annotations.NullMarked;
