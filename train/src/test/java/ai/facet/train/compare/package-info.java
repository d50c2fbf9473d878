/** Tests of the package of the same name. */
@NullMarked
package ai.facet.train.compare;

import org.jspecify.annotations.NullMarked;
