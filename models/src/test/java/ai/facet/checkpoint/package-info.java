@NullMarked
package ai.facet.checkpoint;

import org.jspecify.annotations.NullMarked;
