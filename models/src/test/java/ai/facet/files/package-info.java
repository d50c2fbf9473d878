/** Tests of the package of the same name. */
@NullMarked
package ai.facet.files;

import org.jspecify.annotations.NullMarked;
