@NullMarked
package ai.facet.train.memory;

import org.jspecify.annotations.NullMarked;
