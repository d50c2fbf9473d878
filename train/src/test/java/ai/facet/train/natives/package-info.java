@NullMarked
package ai.facet.train.natives;

import org.jspecify.annotations.NullMarked;
