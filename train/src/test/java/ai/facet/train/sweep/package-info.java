@NullMarked
package ai.facet.train.sweep;

import org.jspecify.annotations.NullMarked;
