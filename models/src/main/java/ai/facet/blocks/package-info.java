/**
 * DJL Blocks built from a {@link ai.facet.network.NetworkSpec}. Children have stable names, so parameter paths such as
 * {@code base.stage1.unit2.body.conv1.weight} mean the same in checkpoints, optimizer states and error messages.
 *
 * <p>Layout: {@code [N, C, H, W]} inside, channels last in memory: the input arrives as {@code [N, H, W, 3]} and is
 * transposed as a view. Intermediates are closed once consumed (the gradient tape keeps what it needs), so the memory
 * of a step is that of PyTorch itself.
 *
 * <p>Reading order: {@link ai.facet.blocks.AttributeNetwork}, {@link ai.facet.blocks.BaseTower},
 * {@link ai.facet.blocks.LabelTower}, {@link ai.facet.blocks.LayerBlocks}, {@link ai.facet.blocks.BottleneckUnit},
 * {@link ai.facet.blocks.ResidualUnit}, {@link ai.facet.blocks.Chain}, {@link ai.facet.blocks.ChannelNorm},
 * {@link ai.facet.blocks.Normalization}, {@link ai.facet.blocks.ParameterPaths},
 * {@link ai.facet.blocks.NetworkWeights}, {@link ai.facet.blocks.HostFloats}, {@link ai.facet.blocks.Freezing}, {@link ai.facet.blocks.NetworkLoader}. Networks that are Java code:
 * {@link ai.facet.blocks.NetworkFactory}, {@link ai.facet.blocks.FeatureNetwork},
 * {@link ai.facet.blocks.NetworkBlocks}, {@link ai.facet.blocks.UserNetwork}. For explanations:
 * {@link ai.facet.blocks.OpenedNetwork}.
 */
@NullMarked
package ai.facet.blocks;

import org.jspecify.annotations.NullMarked;
