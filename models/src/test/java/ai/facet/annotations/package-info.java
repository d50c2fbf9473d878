@NullMarked
package ai.facet.annotations;

import org.jspecify.annotations.NullMarked;
