/** Tests of the package of the same name. */
@NullMarked
package ai.facet.prediction;

import org.jspecify.annotations.NullMarked;
