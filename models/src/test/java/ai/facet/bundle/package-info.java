/** Tests of the package of the same name. */
@NullMarked
package ai.facet.bundle;

import org.jspecify.annotations.NullMarked;
