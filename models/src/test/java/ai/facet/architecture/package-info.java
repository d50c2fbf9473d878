/** Rules that this module's packages keep. */
@NullMarked
package ai.facet.architecture;

import org.jspecify.annotations.NullMarked;
