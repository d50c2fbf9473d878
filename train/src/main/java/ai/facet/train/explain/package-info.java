/**
 * {@code facet explain}: where a network looks for each answer (Grad-CAM), how often that is the right place, its
 * feature maps and filters, and its most confident mistakes.
 *
 * <p>Reading order: {@link ai.facet.train.explain.ExplainCommand}, {@link ai.facet.train.explain.ExplainRun},
 * {@link ai.facet.train.explain.Explainer}, {@link ai.facet.train.explain.HeatMethod},
 * {@link ai.facet.heat.HeatMap}; then the consumers {@link ai.facet.train.explain.HeatFiles},
 * {@link ai.facet.train.explain.Mistakes}, {@link ai.facet.train.explain.RegionShares}, and the pictures
 * {@link ai.facet.train.explain.HeatOverlay}, {@link ai.facet.train.explain.MapSheet},
 * {@link ai.facet.train.explain.FilterSheet}, {@link ai.facet.train.explain.ExplainPage}.
 */
@NullMarked
package ai.facet.train.explain;

import org.jspecify.annotations.NullMarked;
