@NullMarked
package ai.facet.metrics;

import org.jspecify.annotations.NullMarked;
