/**
 * Proof that the artifacts compute what the Block computes: the same images through each road, logits compared.
 *
 * <p>Reading order: {@link ai.facet.export.parity.ParityCheck}, {@link ai.facet.export.parity.CheckInputs},
 * {@link ai.facet.export.parity.Road},
 * {@link ai.facet.export.parity.BlockRoad}, {@link ai.facet.export.parity.EngineRoad},
 * {@link ai.facet.export.parity.RealImages}, {@link ai.facet.export.parity.ParityReport},
 * {@link ai.facet.export.parity.LogitDifference}.
 */
@NullMarked
package ai.facet.export.parity;

import org.jspecify.annotations.NullMarked;
