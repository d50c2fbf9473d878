/**
 * Writing files so that a killed process, a full disk or a power cut leaves the old content or the new, never a part.
 *
 * <p>Reading order: {@link ai.facet.files.AtomicFiles}, {@link ai.facet.files.FileLayer},
 * {@link ai.facet.files.Sha256}, {@link ai.facet.files.ScratchFolder},
 * {@link ai.facet.files.FileTree}.
 */
@NullMarked
package ai.facet.files;

import org.jspecify.annotations.NullMarked;
