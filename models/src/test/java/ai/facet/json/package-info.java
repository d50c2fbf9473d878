/** Tests of the package of the same name. */
@NullMarked
package ai.facet.json;

import org.jspecify.annotations.NullMarked;
