/**
 * The selection experiment: several networks on the same few pictures, each in a process of its own.
 *
 * <p>Reading order: {@link ai.facet.train.compare.ExperimentFolder} (the pictures and the folder),
 * {@link ai.facet.train.compare.Experiment} (one network after the other),
 * {@link ai.facet.train.compare.ChildProcess} and {@link ai.facet.train.compare.PeakMemory},
 * {@link ai.facet.train.compare.NetworkResult} and {@link ai.facet.train.compare.Score} (what came out),
 * {@link ai.facet.train.compare.ComparisonFiles}, {@link ai.facet.train.compare.ComparisonText},
 * {@link ai.facet.train.compare.ComparisonPng}, {@link ai.facet.train.compare.ComparisonHtml}.
 *
 * <p>The folder:
 *
 * <ul>
 *   <li>{@code experiment.json}: what is compared on what; another experiment is refused in this folder
 *   <li>{@code pictures.csv}, {@code schema.json}: the chosen pictures, with absolute paths
 *   <li>{@code networks/NAME}: a run folder of {@code facet train}; {@code networks/NAME.log}: what the process said
 *   <li>{@code results/NAME.json}: one {@link ai.facet.train.compare.NetworkResult}; a finished one is not done again
 *   <li>{@code comparison.json}, {@code comparison.csv}, {@code comparison.png}, {@code comparison.html}: the results
 * </ul>
 */
@NullMarked
package ai.facet.train.compare;

import org.jspecify.annotations.NullMarked;
