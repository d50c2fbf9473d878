/** Tests of data inspection. */
@NullMarked
package ai.facet.train.data;

import org.jspecify.annotations.NullMarked;
