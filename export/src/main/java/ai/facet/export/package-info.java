/** Entry point of the {@code export} module's commands. */
@NullMarked
package ai.facet.export;

import org.jspecify.annotations.NullMarked;
