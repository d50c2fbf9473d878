/** Tests of the package of the same name. */
@NullMarked
package ai.facet.schema;

import org.jspecify.annotations.NullMarked;
