/** Tests of preprocessing. */
@NullMarked
package ai.facet.preprocess;

import org.jspecify.annotations.NullMarked;
