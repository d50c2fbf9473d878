@NullMarked
package ai.facet.train.run;

import org.jspecify.annotations.NullMarked;
