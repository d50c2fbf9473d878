/**
 * GPU natives for training: what is there, and installing an own libtorch with CUDA. The only code that may go online.
 *
 * <p>Reading order: {@link ai.facet.train.natives.NativesCommand}, {@link ai.facet.train.natives.NativesInstallCommand},
 * {@link ai.facet.train.natives.ArchiveSource}, {@link ai.facet.train.natives.TorchInstaller}.
 */
@NullMarked
package ai.facet.train.natives;

import org.jspecify.annotations.NullMarked;
