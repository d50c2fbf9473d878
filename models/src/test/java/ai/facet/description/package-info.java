/** Tests of the package of the same name. */
@NullMarked
package ai.facet.description;

import org.jspecify.annotations.NullMarked;
