/** Entry point of the {@code train} module's commands. */
@NullMarked
package ai.facet.train;

import org.jspecify.annotations.NullMarked;
