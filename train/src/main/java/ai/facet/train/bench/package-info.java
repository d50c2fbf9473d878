/**
 * {@code facet bench train}: how fast a training step is, beside others that compute the same.
 *
 * <p>Read {@link ai.facet.train.bench.Workload} first (what is computed), then {@link ai.facet.train.bench.Contender} and
 * its three kinds: {@link ai.facet.train.bench.FacetContender}, {@link ai.facet.train.bench.StockContender} (DJL's own
 * blocks and loop) and {@link ai.facet.train.bench.PythonContender}. {@link ai.facet.bench.Alternation} lets them
 * take turns, so that a machine that slows down slows all of them; {@link ai.facet.train.bench.EpochBench} compares whole
 * epochs with their bare steps.
 */
@NullMarked
package ai.facet.train.bench;

import org.jspecify.annotations.NullMarked;
