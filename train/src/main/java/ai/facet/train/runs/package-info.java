/**
 * Runs seen from outside, for {@code facet runs}.
 *
 * <p>Reading order: {@link ai.facet.train.runs.RunFolders} (finds), {@link ai.facet.train.runs.RunRecord} and
 * {@link ai.facet.train.runs.RunState} (what one tells), {@link ai.facet.train.runs.RunView}:
 * {@link ai.facet.train.runs.RunList} and {@link ai.facet.train.runs.RunComparison}.
 */
@NullMarked
package ai.facet.train.runs;

import org.jspecify.annotations.NullMarked;
