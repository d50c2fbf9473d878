/**
 * Graph to equal graph: what training needed and inference does not is taken out, exactly to rounding
 * ({@code HalfWeights} apart, which rounds to 16 bits).
 *
 * <p>Reading order: {@link ai.facet.export.passes.Passes}, {@code Rewriter}, {@code IdentityRemoval},
 * {@code BatchNormFolding}, {@code InputScaleFolding}, {@code ClipFusion}, {@code NormCarrying},
 * {@link ai.facet.export.passes.Heads}, {@link ai.facet.export.passes.ClassMaps}, {@code HalfWeights},
 * {@code BatchNormAsConvolution}.
 */
@NullMarked
package ai.facet.export.passes;

import org.jspecify.annotations.NullMarked;
