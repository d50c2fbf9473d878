/**
 * Where a network looks: heat as values, and where they lie on its input and on a picture.
 *
 * <p>An exported network can give its heat without gradients: {@code model.explain.onnx} has an output
 * {@code <attribute>_cam}, float32 {@code [N, classes, rows, columns]}, beside the others. Its class maps are the last maps
 * that still know where something is, weighed for each class, without the class's bias:
 * {@code logits[c] = mean(cam[c]) + bias[c]}, and Grad-CAM at these maps is exactly
 * {@code max(0, cam[c]) / (rows * columns)}.
 *
 * <p>Where the cells lie stands in {@code metadata_props["facet.class-maps"]} as JSON, version 1: {@code formatVersion}
 * (1) and {@code maps}, per attribute id an object with {@code output} (the output's name), {@code rows},
 * {@code columns}, {@code firstCentrePx} and {@code stepPx}. The cell {@code (row, column)} is centred on the input's
 * pixel {@code (firstCentrePx + row * stepPx, firstCentrePx + column * stepPx)}, the middle of the first pixel being 0.
 *
 * <p>Reading order: {@link ai.facet.heat.HeatMap}, {@link ai.facet.heat.ClassMapGrids},
 * {@link ai.facet.heat.PictureHeat}.
 */
@NullMarked
package ai.facet.heat;

import org.jspecify.annotations.NullMarked;
