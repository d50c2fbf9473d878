/** Rules over all modules; they live here because only {@code export}'s tests see every module. */
@NullMarked
package ai.facet.export.architecture;

import org.jspecify.annotations.NullMarked;
