/**
 * {@code facet data inspect}: what a data set holds and what is wrong with it.
 *
 * <p>Reading order: {@link ai.facet.train.data.InspectCommand}, {@link ai.facet.train.data.DataInspector},
 * {@link ai.facet.train.data.Inspection}, {@link ai.facet.train.data.Duplicates},
 * {@link ai.facet.train.data.InspectionText}, {@link ai.facet.train.data.InspectionJson},
 * {@link ai.facet.train.data.InspectionFiles}, {@link ai.facet.train.data.InspectionHtml},
 * {@link ai.facet.train.data.ClassBars}.
 */
@NullMarked
package ai.facet.train.data;

import org.jspecify.annotations.NullMarked;
