/** Heat against independent references, and the command as a user calls it. */
@NullMarked
package ai.facet.train.explain;

import org.jspecify.annotations.NullMarked;
