/** Tests of the package of the same name. */
@NullMarked
package ai.facet.train.runs;

import org.jspecify.annotations.NullMarked;
