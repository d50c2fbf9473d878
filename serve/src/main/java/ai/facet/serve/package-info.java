/** Entry point of the {@code serve} module's commands. */
@NullMarked
package ai.facet.serve;

import org.jspecify.annotations.NullMarked;
