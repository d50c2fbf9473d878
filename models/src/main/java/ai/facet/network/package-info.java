/**
 * What a network looks like, as values that travel inside the model; the DJL Blocks in {@code ai.facet.blocks} are
 * built from them.
 *
 * <p>JSON form: {@code {"name", "base": [{"name", "layers": [layer, ...]}, ...], "tower": [layer, ...]}}. A layer is an
 * object with {@code type} and the fields of its record in {@link ai.facet.network.LayerSpec}; unknown fields are refused. The base is applied once;
 * every attribute has a tower of its own, which must contain exactly one {@code classes} layer and end with one value
 * per class, so a {@code global-average-pool} must stand before or after it.
 * A network that is Java code has {@code {"name", "factory": class}} instead; see {@code ai.facet.blocks.NetworkFactory}.
 *
 * <p>Reading order: {@link ai.facet.network.NetworkSpec}, {@link ai.facet.network.LayerSpec},
 * {@link ai.facet.network.Presets}, {@link ai.facet.network.NetworkSummary},
 * {@link ai.facet.network.MapPlace}, {@link ai.facet.network.CellGrid}.
 */
@NullMarked
package ai.facet.network;

import org.jspecify.annotations.NullMarked;
