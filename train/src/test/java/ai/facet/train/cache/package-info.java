@NullMarked
package ai.facet.train.cache;

import org.jspecify.annotations.NullMarked;
