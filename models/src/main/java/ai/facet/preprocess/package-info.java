/**
 * From decoded pixels of any size to the network's input, the same to the bit in train, export, serve and on Android.
 *
 * <p>Reading order: {@link ai.facet.preprocess.Preprocessing}, {@link ai.facet.preprocess.Fit},
 * {@link ai.facet.preprocess.PixelPipeline}, {@link ai.facet.preprocess.Placement},
 * {@link ai.facet.preprocess.RowResampler}, {@link ai.facet.preprocess.TriangleWeights}; then
 * {@link ai.facet.preprocess.FrameScale} and {@link ai.facet.preprocess.FrameBox}, which say where things come to lie.
 */
@NullMarked
package ai.facet.preprocess;

import org.jspecify.annotations.NullMarked;
